import type { StoredEntry } from '../database/audit-repository.ts';
import type { Repositories } from '../database/repositories.ts';
import { isEqual, type FieldValues } from '../domain/merge.ts';
import { entityOf, writtenBack } from './entities.ts';
import { findAddress, type Recorder } from './enqueue.ts';
import type { NotedChange } from './change-note.ts';
import { ENTITY_TYPES, type EntityType } from '../domain/lane.ts';

type Desk = { readonly repositories: Repositories; readonly recorder: Recorder };

export type RestoreOutcome =
  | { readonly kind: 'queued'; readonly opId: string }
  | {
      readonly kind:
        | 'history.not-possible'
        | 'account.not-found'
        | 'user.not-found'
        | 'edit.nothing-changed'
        | 'user.email-in-use';
    };

/** Went to the cloud: its opposite can be queued. */
const ARRIVED: ReadonlySet<string> = new Set(['sent', 'found', 'adopted']);
/** Was given up here: it can be queued again. */
const GIVEN_UP: ReadonlySet<string> = new Set(['undone', 'discarded', 'decided-theirs']);

export function canRestore({ event, detail }: Pick<StoredEntry, 'event' | 'detail'>): boolean {
  const { kind, type, patch } = JSON.parse(detail) as Partial<NotedChange>;
  const known = ENTITY_TYPES.find((one) => one === type);
  if (known === undefined) return false;
  if (GIVEN_UP.has(event)) return true;
  // Accounts are deleted with words of their own (ACC-4), never as the opposite of an Add.
  // An e-mail that was sent has no opposite.
  if (kind === 'patch' && Object.keys(writtenBack(known, patch ?? {})).length === 0) return false;
  return ARRIVED.has(event) && (kind === 'patch' || kind === 'delete' || (kind === 'create' && type === 'user'));
}

/** Queues the opposite of what arrived, or again what was given up, judged like any other change (OFF-4). */
export function restoreChange(desk: Desk, id: number): RestoreOutcome {
  const entry = desk.repositories.audit.get(id);
  if (!entry || !canRestore(entry)) return { kind: 'history.not-possible' };
  const noted = JSON.parse(entry.detail) as NotedChange;
  const isAgain = GIVEN_UP.has(entry.event);
  const wish = isAgain ? noted.kind : ({ create: 'delete', delete: 'create', patch: 'patch' } as const)[noted.kind];
  if (wish === 'create')
    return make(desk, noted, isAgain ? noted.patch : writtenBack(noted.type as EntityType, noted.seen));
  const type = noted.type as EntityType;
  const view = entityOf(type).view(desk.repositories, noted.lid);
  if (!view) return { kind: type === 'account' ? 'account.not-found' : 'user.not-found' };
  const at = { lid: noted.lid, accountLid: type === 'account' ? null : noted.account };
  if (wish === 'delete') {
    desk.recorder.remove(type, at, view);
    return lastOf(desk, noted.lid);
  }
  const values = isAgain
    ? noted.patch
    : Object.fromEntries(Object.keys(writtenBack(type, noted.patch)).map((field) => [field, noted.seen[field] ?? '']));
  const patch = Object.fromEntries(Object.entries(values).filter(([field, value]) => !isEqual(value, view[field])));
  if (Object.keys(patch).length === 0) return { kind: 'edit.nothing-changed' };
  return { kind: 'queued', opId: desk.recorder.patch(type, at, patch, view) };
}

function make(desk: Desk, noted: NotedChange, fields: FieldValues): RestoreOutcome {
  const { repositories, recorder } = desk;
  const type = noted.type as EntityType;
  const home = type === 'account' ? null : noted.account;
  const account = home === null ? null : repositories.accounts.key(home);
  if (home !== null && !account) return { kind: 'account.not-found' };
  if (account && findAddress(repositories, account.rowid, String(fields['email'] ?? ''), null))
    return { kind: 'user.email-in-use' };
  return lastOf(desk, recorder.create(type, home, { ...entityOf(type).blank, ...fields }));
}

function lastOf({ repositories }: Desk, lid: string): RestoreOutcome {
  const last = repositories.outbox.lane(lid).at(-1);
  return last ? { kind: 'queued', opId: last.opId } : { kind: 'edit.nothing-changed' };
}
