import { useEffect, useState } from 'react';
import type { WorkspaceList } from '../../shared/bridge/workspaces.ts';
import { useEngine } from './engine-provider.tsx';

/** The workspaces of this laptop (SES-4). Undefined until the shell has answered. */
export function useWorkspaces(): WorkspaceList | undefined {
  const { bridge } = useEngine();
  const [list, setList] = useState<WorkspaceList>();
  useEffect(() => {
    let isHere = true;
    const ask = (): void =>
      void bridge.workspaces().then((answer) => {
        if (isHere) setList(answer);
      });
    ask();
    const stop = bridge.onWorkspacesChanged(ask);
    return () => {
      isHere = false;
      stop();
    };
  }, [bridge]);
  return list;
}
