import { useState } from 'react';
import type { ImportId } from '../../shared/model/ids.ts';
import type { UserGroup } from '../../shared/model/user-group.ts';
import { useEngineQuery } from './engine-query.ts';
import { useCommand } from './use-command.ts';

/** USR-7: who would be sent a welcome e-mail, and the sending. */
export function useWelcome(group: UserGroup) {
  const [again, setAgain] = useState(false);
  const { data: plan } = useEngineQuery('uploads.welcomePlan', { group, again });
  // Who needs none is known only while they are left out; the box must not vanish when it is ticked.
  const { data: strict } = useEngineQuery('uploads.welcomePlan', { group, again: false });
  const { run, isRunning, outcome, fault } = useCommand('uploads.welcome');
  const send = async (): Promise<{ readonly id: ImportId; readonly queuedCount: number } | null> => {
    const asked = await run({ group, again });
    return asked?.ok ? asked.value : null;
  };
  const needNone = (strict?.left['sent-before'] ?? 0) + (strict?.left.registered ?? 0);
  return { plan: plan ?? null, again, setAgain, mayAgain: needNone > 0, send, isRunning, tried: { outcome, fault } };
}
