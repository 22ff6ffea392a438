import { useMemo } from 'react';
import type { AccountId } from '../../shared/model/ids.ts';
import { useEngineQuery } from './engine-query.ts';

export type PendingField = { readonly from: string | null; readonly to: string };

/** The fields of one record whose change has not reached the cloud: the cloud's value and the one here. */
export function usePendingFields(
  accountId: AccountId,
  entityId: string,
  isPending: boolean,
): ReadonlyMap<string, PendingField> {
  const { data } = useEngineQuery('outbox.list', { accountId, limit: 200 }, { enabled: isPending });
  return useMemo(() => {
    const fields = new Map<string, PendingField>();
    for (const change of data?.changes ?? []) {
      if (!isPending || change.entityId !== entityId || change.kind !== 'patch') continue;
      for (const { field, from, to } of change.fields) fields.set(field, { from: fields.get(field)?.from ?? from, to });
    }
    return fields;
  }, [data, entityId, isPending]);
}
