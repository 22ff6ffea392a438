import { useState } from 'react';
import type { ImportId } from '../../shared/model/ids.ts';
import type { LicenseChange, UserGroup } from '../../shared/model/user-group.ts';
import { useEngineQuery } from './engine-query.ts';
import { useCommand } from './use-command.ts';

/** BIL-4, BIL-5: whose licenses would change, and the changing. */
export function useLicense(group: UserGroup) {
  const [change, setChange] = useState<LicenseChange>({});
  const { data: plan } = useEngineQuery('uploads.licensePlan', { group, change });
  const { run, isRunning, outcome, fault } = useCommand('uploads.license');
  const send = async (): Promise<{ readonly id: ImportId; readonly queuedCount: number } | null> => {
    const asked = await run({ group, change });
    return asked?.ok ? asked.value : null;
  };
  return { plan: plan ?? null, change, setChange, send, isRunning, tried: { outcome, fault } };
}
