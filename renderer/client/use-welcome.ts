import { useState } from 'react';
import type { ImportId } from '../../shared/model/ids.ts';
import type { WelcomeWhom } from '../../shared/model/welcome.ts';
import { useEngineQuery } from './engine-query.ts';
import { useCommand } from './use-command.ts';

/** USR-7: who would be sent a welcome e-mail, and the sending. */
export function useWelcome(whom: WelcomeWhom) {
  const [again, setAgain] = useState(false);
  const { data: plan } = useEngineQuery('uploads.welcomePlan', { whom, again });
  // Who needs none is known only while they are left out; the box must not vanish when it is ticked.
  const { data: strict } = useEngineQuery('uploads.welcomePlan', { whom, again: false });
  const { run, isRunning, outcome, fault } = useCommand('uploads.welcome');
  const send = async (): Promise<{ readonly id: ImportId; readonly queuedCount: number } | null> => {
    const asked = await run({ whom, again });
    return asked?.ok ? asked.value : null;
  };
  const needNone = (strict?.left['sent-before'] ?? 0) + (strict?.left.registered ?? 0);
  return { plan: plan ?? null, again, setAgain, mayAgain: needNone > 0, send, isRunning, tried: { outcome, fault } };
}
