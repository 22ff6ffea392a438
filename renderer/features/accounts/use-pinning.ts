import { useCallback } from 'react';
import type { AccountId } from '../../../shared/model/ids.ts';
import type { Pins } from '../../client/use-pins.ts';
import { useNotices } from '../../state/notices.ts';
import { offlineText } from '../../text/offline-text.ts';

type Named = { readonly id: AccountId; readonly name: string };

/** Pins or unpins an account and says what that means. */
export function usePinning({ toggle }: Pick<Pins, 'toggle'>): (account: Named) => void {
  const noticed = useNotices((notices) => notices.noticed);
  return useCallback(
    ({ id, name }) => {
      void toggle(id).then((now) => {
        if (now === 'pinned') noticed(offlineText.nowPinned(name), 'success');
        if (now === 'unpinned') noticed(offlineText.nowUnpinned(name), 'success');
      });
    },
    [toggle, noticed],
  );
}
