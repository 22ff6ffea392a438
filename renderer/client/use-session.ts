import { isPermitted, type Permission } from '../../shared/model/permission.ts';
import { useEngineQuery } from './engine-query.ts';
import type { OutputFor } from './operation-types.ts';

export type SessionState = OutputFor<'session.state'>;

/** Who works here. Undefined until the engine has answered. */
export function useSession(): SessionState | undefined {
  return useEngineQuery('session.state', {}).data;
}

/** True when this person may do it; the engine and the cloud check again. */
export function usePermission(permission: Permission): boolean {
  const session = useSession();
  return session !== undefined && isPermitted(new Set(session.permissions), permission);
}
