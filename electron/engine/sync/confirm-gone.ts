import type { Repositories } from '../database/repositories.ts';
import type { Cloud } from './cloud.ts';
import { fetchRecord } from './reconcile.ts';
import type { Gone, Scope } from './scopes.ts';

type Unseen = ReturnType<Scope['unseen']>;

/**
 * What a listing did not name is taken for deleted. A person's delete would be done by that, so its record is asked for first: a list
 * that is short for another reason must not swallow the delete (L1). `isWhole` is false when the cloud did not say of every one.
 */
export async function confirmGone(
  { repositories, cloud }: { readonly repositories: Repositories; readonly cloud: Cloud },
  { type, accountLid }: Pick<Scope, 'type' | 'accountLid'>,
  unseen: Unseen,
): Promise<{ readonly gone: readonly Gone[]; readonly isWhole: boolean }> {
  const accountSid = accountLid === null ? null : (repositories.accounts.key(accountLid)?.sid ?? null);
  const gone: Gone[] = [];
  let isWhole = true;
  for (const { lid, sid, pending } of unseen) {
    const isAsked = pending !== 0 && repositories.outbox.lane(lid).some(({ kind }) => kind === 'delete');
    const record = isAsked ? await fetchRecord({ cloud, repositories }, type, { sid, accountSid }) : null;
    if (record === null) gone.push({ sid, why: 'deleted' });
    if (record === 'unknown') isWhole = false;
  }
  return { gone, isWhole };
}
