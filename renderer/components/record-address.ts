type Record = {
  readonly type: 'account' | 'user';
  readonly entityId: string;
  readonly accountId: string | null;
};

/** Where the record's own form is. */
export function recordAddress({ type, entityId, accountId }: Record): string {
  return type === 'account' ? `/accounts/${entityId}/information` : `/accounts/${accountId ?? ''}/users/${entityId}`;
}
