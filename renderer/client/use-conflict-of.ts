import type { AccountId, ChangeId } from '../../shared/model/ids.ts';
import { useEngineQuery } from './engine-query.ts';

/** The conflict of one record: its change, or null when what needs a person is something else. Undefined: not known yet. */
export function useConflictOf(
  accountId: AccountId,
  entityId: string,
  isAttention: boolean,
): ChangeId | null | undefined {
  const { data } = useEngineQuery('conflicts.list', { accountId, limit: 200 }, { enabled: isAttention });
  return data && (data.conflicts.find((conflict) => conflict.entityId === entityId)?.id ?? null);
}
