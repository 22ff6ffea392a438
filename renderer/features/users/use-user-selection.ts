import { useState } from 'react';
import type { AccountId, UserId } from '../../../shared/model/ids.ts';
import { MOST_SELECTED } from '../../../shared/model/user-group.ts';
import { useEngine } from '../../client/engine-provider.tsx';
import { useNotices } from '../../state/notices.ts';
import { manageText } from '../../text/manage-text.ts';

const PAGE = 200;
const NONE: ReadonlySet<UserId> = new Set();

export type UserSelection = {
  readonly ids: ReadonlySet<UserId>;
  /** The row at this place of the list; with `isRange` all from the row before to this one. */
  readonly toggle: (id: UserId, index: number, isRange: boolean) => void;
  readonly toggleAll: () => void;
  readonly clear: () => void;
  /** All of the list, some, or none of it. */
  readonly state: 'all' | 'some' | 'none';
};

/** USR-8: the users that Manage means. A selection outlives a search and ends with the account. */
export function useUserSelection(list: {
  readonly accountId: AccountId;
  readonly search: string;
  readonly total: number | null;
}): UserSelection {
  const { accountId, search, total } = list;
  const { client } = useEngine();
  const noticed = useNotices((notices) => notices.noticed);
  const [kept, setKept] = useState({ accountId, ids: NONE });
  const [anchor, setAnchor] = useState(0);
  const [covers, setCovers] = useState<string | null>(null);
  const ids = kept.accountId === accountId ? kept.ids : NONE;
  const isAll = covers === coverOf(list) && ids.size > 0;

  const keep = (next: ReadonlySet<UserId>): void => {
    setCovers(null);
    setKept({ accountId, ids: next });
  };
  /** Adds the rows from one place of the list to another. */
  const add = async (first: number, last: number): Promise<boolean> => {
    const next = new Set(ids);
    for (let offset = first; offset <= last; offset += PAGE) {
      const { rows } = await client.users.page({ accountId, search, offset, limit: Math.min(PAGE, last - offset + 1) });
      for (const { id } of rows) next.add(id);
      if (next.size > MOST_SELECTED) {
        noticed(manageText.tooMany, 'error');
        return false;
      }
    }
    keep(next);
    return true;
  };

  return {
    ids,
    toggle(id, index, isRange) {
      if (isRange) void add(Math.min(anchor, index), Math.max(anchor, index));
      else {
        const next = new Set(ids);
        if (!next.delete(id)) next.add(id);
        if (next.size > MOST_SELECTED) noticed(manageText.tooMany, 'error');
        else keep(next);
      }
      setAnchor(index);
    },
    toggleAll() {
      if (ids.size > 0) keep(NONE);
      else if (total !== null && total > 0) {
        void add(0, Math.min(total, MOST_SELECTED + 1) - 1).then((isDone) => isDone && setCovers(coverOf(list)));
      }
    },
    clear: () => keep(NONE),
    state: ids.size === 0 ? 'none' : isAll ? 'all' : 'some',
  };
}

function coverOf({ accountId, search, total }: { accountId: string; search: string; total: number | null }): string {
  return JSON.stringify([accountId, search, total]);
}
