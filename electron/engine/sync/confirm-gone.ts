import type { Repositories } from '../database/repositories.ts';
import type { Cloud } from './cloud.ts';
import { askFor } from './reconcile.ts';
import type { Gone, Scope } from './scopes.ts';

type Unseen = ReturnType<Scope['unseen']>;

export type Confirmed = {
  readonly gone: readonly Gone[];
  /** False when the cloud has one of them, or did not say: then the list is not the whole truth, of new records neither. */
  readonly isWhole: boolean;
};

/** So many are asked for one by one; of more, a second listing is the cheaper witness. */
export const ASKED_ROWS = 20;

/**
 * What a listing did not name is taken for deleted, but a list can be short for another reason, and no later delta names again what it
 * left out (L15). So a few records are asked for before they go; of many, those that a person's delete waits for: that would be done by
 * their absence (L1).
 */
export async function confirmGone(
  { repositories, cloud }: { readonly repositories: Repositories; readonly cloud: Cloud },
  { type, accountLid }: Pick<Scope, 'type' | 'accountLid'>,
  unseen: Unseen,
): Promise<Confirmed> {
  const accountSid = accountLid === null ? null : (repositories.accounts.key(accountLid)?.sid ?? null);
  const gone: Gone[] = [];
  let isWhole = true;
  for (const { lid, sid, pending } of unseen) {
    const isDeleting = pending !== 0 && repositories.outbox.lane(lid).some(({ kind }) => kind === 'delete');
    const isAsked = unseen.length <= ASKED_ROWS || isDeleting;
    const word = isAsked ? await askFor({ cloud, repositories }, type, { sid, accountSid }) : { kind: 'gone' };
    if (word.kind === 'gone') gone.push({ sid, why: 'deleted' });
    else if (word.kind === 'hidden') gone.push({ sid, why: 'hidden' });
    else isWhole = false;
  }
  return { gone, isWhole };
}
