import type { z } from 'zod';
import type { AppContract } from '../../../shared/contract/contract.ts';
import type { HistoryEntry, HistoryOutcome, RecordVersion } from '../../../shared/contract/history.ts';
import type { AccountId, ChangeId } from '../../../shared/model/ids.ts';
import type { Handlers } from '../../../shared/rpc/dispatcher.ts';
import { done, refuse } from '../../../shared/rpc/outcome.ts';
import type { StoredEntry } from '../database/audit-repository.ts';
import type { Version } from '../database/version-repository.ts';
import { ENTITY_TYPES } from '../domain/lane.ts';
import type { FieldValue } from '../domain/merge.ts';
import type { ChangeEvent, NotedChange } from '../sync/change-note.ts';
import { recordAt } from '../sync/record-at.ts';
import { canRestore, restoreChange } from '../sync/restore.ts';
import type { EngineContext } from './engine-context.ts';

/** The words of the screens for what the journal wrote down. What is not here is not a person's matter. */
const OUTCOMES: Readonly<Record<ChangeEvent, HistoryOutcome>> = {
  queued: 'queued',
  coalesced: 'changed-in-queue',
  sent: 'sent',
  'rows-sent': 'sent',
  found: 'found-there',
  adopted: 'found-there',
  'already-so': 'already-so',
  conflict: 'conflict',
  quarantine: 'refused',
  'decided-mine': 'decided-mine',
  'decided-theirs': 'decided-theirs',
  undone: 'undone',
  discarded: 'discarded',
  exported: 'exported',
  imported: 'imported',
  rescued: 'rescued',
};
const EVENTS = Object.keys(OUTCOMES) as ChangeEvent[];

type Detail = Partial<NotedChange> & { readonly count?: number; readonly rows?: readonly number[] };

export const history: Handlers<AppContract, EngineContext>['history'] = {
  list({ accountId, entityId, outcome, before, limit }, context) {
    const events = outcome === 'all' ? EVENTS : EVENTS.filter((event) => OUTCOMES[event] === outcome);
    const of = { accountLid: accountId, lid: entityId, events };
    const found = context.repositories.audit.page(of, before, limit + 1);
    return {
      entries: found.slice(0, limit).map((entry) => toEntry(entry, context)),
      hasMore: found.length > limit,
      firstBroken: context.auditBreak(),
    };
  },
  versions({ accountId, entityId, before, limit }, { repositories }) {
    const found = repositories.versions.page({ accountLid: accountId, lid: entityId }, before, limit + 1);
    return { versions: found.slice(0, limit).map(toVersion), hasMore: found.length > limit };
  },
  recordAt({ type, entityId, at }, { repositories }) {
    const then = recordAt(repositories, type, entityId, at);
    return then && { ...then, fields: then.fields.map(plainField) };
  },
  restore({ id }, context) {
    const outcome = restoreChange(context, id);
    if (outcome.kind !== 'queued') return refuse(outcome.kind, String(id));
    context.changed('outbox', 'users', 'accounts', 'sync', 'session', 'history');
    return done({ changeId: outcome.opId as ChangeId });
  },
};

function toEntry(entry: StoredEntry, context: EngineContext): HistoryEntry {
  const detail = JSON.parse(entry.detail) as Detail;
  const type = ENTITY_TYPES.find((known) => known === detail.type) ?? null;
  const account = detail.account ?? null;
  return {
    ...{ id: entry.id, at: entry.at, correlationId: entry.correlationId, type },
    actorName: context.session.nameOf(entry.actor),
    outcome: OUTCOMES[entry.event as ChangeEvent],
    changeId: type === null || entry.opId === '' ? null : (entry.opId as ChangeId),
    kind: kindOf(detail, entry.event),
    entityId: detail.lid ?? null,
    entityName: detail.name ?? '',
    accountId: account as AccountId | null,
    accountName: account === null ? '' : (context.repositories.accounts.key(account)?.name ?? ''),
    fields: fieldsOf(detail),
    count: detail.count ?? detail.rows?.length ?? 0,
    reason: detail.reason ?? '',
    serverMessage: detail.message ?? '',
    canRestore: canRestore(entry),
  };
}

function kindOf(detail: Detail, event: string): HistoryEntry['kind'] {
  if (event === 'rows-sent' || (detail.kind as string | undefined) === 'import') return 'import';
  return detail.kind ?? 'other';
}

function fieldsOf({ patch = {}, seen = {}, kind }: Detail): HistoryEntry['fields'] {
  const fields = kind === 'delete' ? Object.keys(seen) : Object.keys(patch);
  return fields.map((field) => ({
    field,
    from: kind === 'create' ? null : plain(seen[field]),
    to: kind === 'delete' ? null : plain(patch[field]),
  }));
}

function toVersion({ id, at, noticedAt, source, by, what, type, lid, name, fields }: Version): RecordVersion {
  return {
    ...{ id, at, noticedAt, source, by, what, type, entityId: lid, entityName: name },
    fields: Object.entries(fields).map(([field, [from, to]]) => ({ field, from: plain(from), to: plain(to) })),
  };
}

type Then = NonNullable<z.output<AppContract['history']['recordAt']['output']>>['fields'][number];

function plainField({ field, was, now }: { field: string; was: FieldValue; now: FieldValue | null }): Then {
  return { field, was: plain(was) ?? '', now: plain(now) };
}

function plain(value: FieldValue | null | undefined): string | string[] | null {
  if (value === null || value === undefined) return null;
  return typeof value === 'string' ? value : [...value];
}
