import type { Repositories } from '../database/repositories.ts';
import type { Cloud } from './cloud.ts';
import { askFor, type Word } from './reconcile.ts';
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
 * their absence (L1). `there` gets at once what the cloud says of one: a change that waits for the record is judged by it (L7).
 */
export async function confirmGone(
  { repositories, cloud }: { readonly repositories: Repositories; readonly cloud: Cloud },
  { type, accountLid }: Pick<Scope, 'type' | 'accountLid'>,
  unseen: Unseen,
  there: (body: unknown) => Promise<void>,
): Promise<Confirmed> {
  const accountSid = accountLid === null ? null : (repositories.accounts.key(accountLid)?.sid ?? null);
  const gone: Gone[] = [];
  let isWhole = true;
  for (const { lid, sid, pending } of unseen) {
    const isDeleting = pending !== 0 && repositories.outbox.lane(lid).some(({ kind }) => kind === 'delete');
    const isAsked = unseen.length <= ASKED_ROWS || isDeleting;
    const word: Word = isAsked ? await askFor({ cloud, repositories }, type, { sid, accountSid }) : { kind: 'gone' };
    if (word.kind === 'gone') gone.push({ sid, why: 'deleted' });
    else if (word.kind === 'hidden') gone.push({ sid, why: 'hidden' });
    else isWhole = false;
    // Deleted from here while it was asked for, it is not brought back.
    if (word.kind === 'there' && !repositories.tombstones.has(sid)) await there(word.body);
  }
  return { gone, isWhole };
}
