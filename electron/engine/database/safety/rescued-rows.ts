import { isOwnHash, type AuditEntry } from '../audit-repository.ts';
import type { Row } from './table-shapes.ts';

/** What one file still says: all its rows by table. */
export type Source = ReadonlyMap<string, readonly Row[]>;

/** Events after which a change is no longer in the queue. */
const ENDS = new Set(['sent', 'found', 'adopted', 'already-so', 'undone', 'decided-theirs', 'exported']);
/** Words with which a change came into the queue: made here, or carried over from another laptop. */
const COMES = new Set(['queued', 'imported']);
/** Later words: each says the whole change as it was from then on. */
const GROWS = new Set(['coalesced', 'decided-mine']);

type Queued = { readonly id: number; readonly row: Row };

/** What the audit, brought together from all sources, says about the queue. */
export type AuditStory = {
  readonly entries: readonly Row[];
  /** Changes that left the queue. */
  readonly ended: ReadonlySet<string>;
  /** For each person, the last entry at which everything waiting was discarded. */
  readonly discarded: ReadonlyMap<string, number>;
  /** Rows of uploads that were seen to be sent: `import:row`. */
  readonly sentRows: ReadonlySet<string>;
  /** Where each change was queued. */
  readonly queued: ReadonlyMap<string, Queued>;
  /** Later words on a change that was still in the queue. */
  readonly grown: ReadonlyMap<string, readonly Row[]>;
  /** Changes with entries of another kind, or such as cannot be read: the words above may not be the last ones. */
  readonly retold: ReadonlySet<string>;
  /** Entries are missing after this one; null when there is no gap. */
  readonly gapAfter: number | null;
};

/** Brings the entries of all sources together, each once. Where two differ the one whose hash fits is right. */
export function auditStory(sources: readonly Source[]): AuditStory {
  const byId = new Map<number, Row>();
  for (const source of sources) {
    for (const row of source.get('audit') ?? []) {
      const id = Number(row['id']);
      const known = byId.get(id);
      if (!known || (!isWhole(known) && isWhole(row))) byId.set(id, row);
    }
  }
  const entries = [...byId.values()].toSorted((a, b) => Number(a['id']) - Number(b['id']));
  const story = {
    entries,
    ended: new Set<string>(),
    discarded: new Map<string, number>(),
    sentRows: new Set<string>(),
    queued: new Map<string, Queued>(),
    grown: new Map<string, Row[]>(),
    retold: new Set<string>(),
    gapAfter: null as number | null,
  };
  let last = 0;
  for (const row of entries) {
    const id = Number(row['id']);
    if (id !== last + 1) story.gapAfter = last;
    last = id;
    tell(story, id, row);
  }
  return story;
}

type Telling = {
  readonly ended: Set<string>;
  readonly discarded: Map<string, number>;
  readonly sentRows: Set<string>;
  readonly queued: Map<string, Queued>;
  readonly grown: Map<string, Row[]>;
  readonly retold: Set<string>;
};

function tell(story: Telling, id: number, row: Row): void {
  const event = String(row['event']);
  const opId = String(row['op_id']);
  if (!WORDLESS.has(event) || !isWhole(row)) story.retold.add(opId);
  if (ENDS.has(event)) story.ended.add(opId);
  else if (event === 'discarded' && opId !== '') story.ended.add(opId);
  else if (event === 'discarded') story.discarded.set(String(row['actor']), id);
  else if (event === 'rows-sent') {
    const { rows = [] } = detailOf(row) as { rows?: readonly number[] };
    for (const sent of rows) story.sentRows.add(`${opId}:${sent}`);
  } else if (COMES.has(event) && isWhole(row)) {
    story.queued.set(opId, { id, row });
    story.ended.delete(opId);
  } else if (GROWS.has(event) && isWhole(row)) story.grown.set(opId, [...(story.grown.get(opId) ?? []), row]);
}

/** True when the change left the queue, by its own entry or with all others of its person. */
export function hasEnded(story: AuditStory, change: { readonly op_id: string; readonly actor: string }): boolean {
  if (story.ended.has(change.op_id)) return true;
  const discardedAt = story.discarded.get(change.actor);
  const queuedAt = story.queued.get(change.op_id)?.id;
  return discardedAt !== undefined && queuedAt !== undefined && queuedAt < discardedAt;
}

export function detailOf(row: Row): Readonly<Record<string, unknown>> {
  try {
    return JSON.parse(String(row['detail'])) as Readonly<Record<string, unknown>>;
  } catch {
    return {};
  }
}

export function isWhole(row: Row): boolean {
  const text = (column: string): string => String(row[column]);
  const entry: AuditEntry = {
    ...{ at: text('at'), actor: text('actor'), opId: text('op_id'), event: text('event') },
    ...{ detail: text('detail'), correlationId: text('correlation_id') },
  };
  return isOwnHash(text('previous_hash'), entry, text('hash'));
}

/**
 * The history is asked by what its entries say, so one whose words were hit is kept as a quotation: its hash tells that it is not whole,
 * and the rescue does not fail on it.
 */
export function quoted(row: Row): Row {
  const detail = String(row['detail']);
  try {
    JSON.parse(detail);
    return row;
  } catch {
    return { ...row, detail: JSON.stringify({ damaged: detail }) };
  }
}

/** Events that say nothing about the words of a change. */
const WORDLESS = new Set([...COMES, ...GROWS, 'conflict', 'quarantine']);

/** True when the history tells every word of the change: then it is a second copy of it. */
export function isToldWhole(story: AuditStory, opId: string): boolean {
  return story.queued.has(opId) && !story.retold.has(opId);
}

/**
 * A change of which only the audit speaks: made again from the words it was queued with. Null when they do not say enough.
 */
export function changeFromAudit(story: AuditStory, opId: string): Row | null {
  const queued = story.queued.get(opId);
  if (!queued) return null;
  const { type, lid, account, kind } = detailOf(queued.row);
  if (typeof type !== 'string' || typeof lid !== 'string' || typeof kind !== 'string') return null;
  if (type !== 'account' && typeof account !== 'string') return null;
  const { patch, seen } = detailOf(story.grown.get(opId)?.at(-1) ?? queued.row);
  return {
    ...{ op_id: opId, group_id: opId, actor: queued.row['actor'] ?? '', type, lid, account_lid: String(account) },
    ...{ kind, patch: JSON.stringify(patch ?? {}), seen: JSON.stringify(seen ?? {}) },
    ...{ schema_version: 1, state: 'unknown', reason: '', idem_key: opId, created_at: queued.row['at'] ?? '' },
  };
}
