import { foldOldRows } from './repair-previews.ts';
import { repairReferences } from './repair-references.ts';
import type Database from 'better-sqlite3';
import { createAuditRepository } from '../audit-repository.ts';
import type { Store } from '../store.ts';
import { COPY_MARK } from './journal-backup.ts';
import {
  changeFromAudit,
  hasEnded,
  isToldWhole,
  isWhole,
  quoted,
  type AuditStory,
  type Source,
} from './rescued-rows.ts';
import type { Value } from './btree.ts';
import { inPlace } from './queue-places.ts';
import { keyOf, type Row, type TableShape } from './table-shapes.ts';

export type Merged = {
  /** Changes and rows of uploads that wait. */
  readonly changeCount: number;
  /** Of these, such as may have been sent already: the cloud is asked before anything is sent. */
  readonly uncertainCount: number;
  /** Changes the history speaks of and no file holds. */
  readonly lostCount: number;
  readonly draftCount: number;
  /** The first entry of the change history that no longer follows the one before it; null when it is whole. */
  readonly auditBrokenAt: number | null;
};

/** Reason of a change whose fate the rescue cannot prove. */
const UNCERTAIN = 'from-rescue';
const WAITING = new Set(['queued', 'waiting', 'inflight', 'unknown']);

/** Parents before children, so that references hold while rows come in. */
const FIRST = ['meta', 'idmap', 'audit', 'import_stagings', 'imports', 'import_batches', 'outbox'];

type Merge = {
  readonly insert: Insert;
  readonly shapes: readonly TableShape[];
  /** The damaged file, then the backup. */
  readonly damaged: Source;
  readonly backup: Source;
  readonly story: AuditStory;
  /** How far the history was when the journal was last written; 0 when nobody knows. */
  readonly highWater: number;
  /** The file is older than its backup or its mark, or is a copy: what came later is unknown. */
  readonly isOld: boolean;
};

/**
 * Fills a fresh journal with the union of what a damaged one and its newest backup still say: each row once, nothing that left the
 * queue, and nothing as "ready to send" that may have been sent after the backup was made.
 */
export function mergeJournals(journal: Store<'journal'>, merge: Omit<Merge, 'insert' | 'isOld'>): Merged {
  const { sql } = journal;
  const context: Merge = { ...merge, insert: createInsert(sql), isOld: isOldCopy(merge) };
  const names = [
    ...FIRST,
    ...merge.shapes.map(({ name }) => name).filter((name) => !FIRST.includes(name) && name !== 'op_dep'),
  ];
  return journal.write(() => {
    let lostCount = 0;
    for (const name of names) {
      const shape = merge.shapes.find((one) => one.name === name);
      if (!shape) continue;
      if (name === 'outbox') {
        lostCount += insertChanges(context);
        continue;
      }
      const rows = rowsFor(context, shape);
      if (name === 'import_items') openMissingBatches(sql, rows);
      for (const row of rows) context.insert(name, row);
    }
    foldOldRows(sql, merge.damaged);
    repairReferences(sql);
    return { ...summary(journal), lostCount };
  });
}

/** The rows of one table, those of the damaged file first: it is the newer one. */
function rowsFor({ damaged, backup, story, isOld }: Merge, shape: TableShape): readonly Row[] {
  if (shape.name === 'audit') return story.entries.map(quoted);
  const found = new Map<string, Row>();
  for (const row of damaged.get(shape.name) ?? [])
    found.set(keyOf(shape, row), better(found.get(keyOf(shape, row)), row));
  for (const row of backup.get(shape.name) ?? []) {
    const key = keyOf(shape, row);
    if (!found.has(key)) found.set(key, shape.name === 'import_items' ? uncertain(row) : row);
  }
  const rows = [...found.values()];
  if (shape.name === 'meta') return rows.filter(({ key }) => key !== COPY_MARK);
  if (shape.name !== 'import_items') return rows;
  return rows.map((row) => settled(story, isOld ? uncertain(row) : row));
}

/** Two versions of a row can come to light on a page that was cut loose: the one that went further is the newer one. */
function better(known: Row | undefined, row: Row): Row {
  if (!known) return row;
  const rank = ({ state, attempts }: Row): number => (state === 'sent' ? 1e6 : Number(attempts ?? 0));
  return rank(row) > rank(known) ? row : known;
}

function settled(story: AuditStory, row: Row): Row {
  const isSent = story.sentRows.has(`${String(row['import_id'])}:${String(row['row'])}`);
  return isSent && row['state'] !== 'sent' ? { ...row, state: 'sent', reason: '', next_at: 0 } : row;
}

function uncertain(row: Row): Row {
  if (!WAITING.has(String(row['state']))) return row;
  return { ...row, state: 'unknown', reason: UNCERTAIN, next_at: 0 };
}

/** Returns how many changes the history speaks of that could not be made again. */
function insertChanges({ insert, damaged, backup, story, isOld }: Merge): number {
  const found = new Map<string, Row>();
  for (const row of damaged.get('outbox') ?? []) {
    const opId = String(row['op_id']);
    found.set(opId, isOld ? uncertain(better(found.get(opId), row)) : better(found.get(opId), row));
  }
  for (const row of backup.get('outbox') ?? []) {
    const opId = String(row['op_id']);
    const mine = found.get(opId);
    if (!mine || isOld || !isReadable(mine)) found.set(opId, uncertain(row));
  }
  let lostCount = 0;
  const isOpen = (opId: string, actor: Value | undefined): boolean =>
    !hasEnded(story, { op_id: opId, actor: typeof actor === 'string' ? actor : '' });
  for (const [opId, { row: entry }] of story.queued) {
    const mine = found.get(opId);
    if (!isOpen(opId, entry['actor'])) continue;
    const made = changeFromAudit(story, opId);
    if (mine && isReadable(mine)) {
      if (made && isToldWhole(story, opId)) found.set(opId, withToldWords(mine, made));
    } else if (made) {
      // The same change under a name that the history does not know: its name was hit.
      for (const [name, row] of found) {
        if (!story.queued.has(name) && row['lid'] === made['lid'] && row['kind'] === made['kind']) found.delete(name);
      }
      found.set(opId, fromAudit(story, made, mine));
    } else lostCount += 1;
  }
  const open = [...found].filter(([opId, row]) => isReadable(row) && isOpen(opId, row['actor'])).map(([, row]) => row);
  for (const row of inPlace(open, story)) {
    if (insert('outbox', row)) continue;
    // One of its words breaks a rule of the table, so it was hit; the history tells the change again.
    const told = changeFromAudit(story, String(row['op_id']));
    const { seq = null, place = null } = row;
    if (!told || !insert('outbox', { ...fromAudit(story, told, undefined), seq, place })) lostCount += 1;
  }
  return lostCount;
}

/**
 * With a gap in the history nobody can say that the person did not take the change back meanwhile: then it is the person who decides.
 */
function fromAudit(story: AuditStory, made: Row, mine: Row | undefined): Row {
  const known = mine ? { seq: mine['seq'] ?? null, idem_key: mine['idem_key'] ?? null } : {};
  const state = story.gapAfter === null ? 'unknown' : 'quarantine';
  return { ...made, ...known, state, reason: UNCERTAIN };
}

/** Bytes changed within a text are not noticed by SQLite; two copies that differ are. The one with a hash is right. */
function withToldWords(mine: Row, made: Row): Row {
  if (mine['schema_version'] !== made['schema_version'] || mine['first_sent_at'] != null) return mine;
  const isSame = ['lid', 'type', 'kind'].every((column) => mine[column] === made[column]) && isEqualJson(mine, made);
  return isSame
    ? mine
    : {
        ...mine,
        lid: made['lid'] ?? '',
        type: made['type'] ?? '',
        kind: made['kind'] ?? '',
        patch: made['patch'] ?? '',
      };
}

function isEqualJson(mine: Row, made: Row): boolean {
  const sorted = (text: unknown): string =>
    JSON.stringify(Object.entries(JSON.parse(String(text)) as object).toSorted(([a], [b]) => a.localeCompare(b)));
  return sorted(mine['patch']) === sorted(made['patch']);
}

function isReadable(row: Row): boolean {
  return [row['patch'], row['seen'], row['sent_body'] ?? '{}'].every((text) => {
    try {
      return typeof JSON.parse(String(text)) === 'object';
    } catch {
      return false;
    }
  });
}

function isOldCopy({ damaged, backup, highWater }: Pick<Merge, 'damaged' | 'backup' | 'highWater'>): boolean {
  const isCopy = (damaged.get('meta') ?? []).some(({ key }) => key === COPY_MARK);
  return isCopy || newestAudit(damaged) < Math.max(newestAudit(backup), highWater);
}

function newestAudit(source: Source): number {
  return (source.get('audit') ?? []).filter(isWhole).reduce((newest, row) => Math.max(newest, Number(row['id'])), 0);
}

type Insert = (table: string, row: Row) => boolean;

/** Its answer is false when the row breaks a rule of the table: then it was not a row of ours. */
function createInsert(sql: Database.Database): Insert {
  const columns = new Map<string, readonly string[]>();
  const statements = new Map<string, Database.Statement>();
  const namesIn = sql.prepare<[string], string>('SELECT name FROM pragma_table_info(?)').pluck();
  return (table, row) => {
    const known = columns.get(table) ?? namesIn.all(table);
    columns.set(table, known);
    const used = known.filter((column) => row[column] !== undefined);
    const names = used.map((column) => `"${column}"`).join(', ');
    const source = `INSERT OR IGNORE INTO "${table}" (${names}) VALUES (${used.map(() => '?').join(', ')})`;
    const statement = statements.get(source) ?? sql.prepare(source);
    statements.set(source, statement);
    try {
      return statement.run(...used.map((column) => row[column])).changes > 0;
    } catch (error) {
      if (error instanceof Error && 'code' in error && String(error.code).startsWith('SQLITE_CONSTRAINT')) return false;
      throw error;
    }
  };
}

/** Rows of an upload whose head is lost belong to the import of the same id. */
function openMissingBatches(sql: Database.Database, items: readonly Row[]): void {
  const open = sql.prepare(/* sql */ `
    INSERT OR IGNORE INTO import_batches (import_id, actor, account_lid, file_name, created_at)
      SELECT id, actor, account_lid, file_name, created_at FROM imports WHERE id = ?`);
  for (const id of new Set(items.map((row) => row['import_id']))) open.run(id);
}

function summary(journal: Store<'journal'>): Omit<Merged, 'lostCount'> {
  const count = (source: string): number => journal.sql.prepare<[], number>(source).pluck().get() ?? 0;
  const open = "state IN ('queued', 'inflight', 'unknown')";
  return {
    changeCount: count('SELECT count(*) FROM outbox') + count(`SELECT count(*) FROM import_items WHERE ${open}`),
    uncertainCount:
      count(`SELECT count(*) FROM outbox WHERE reason = '${UNCERTAIN}'`) +
      count(`SELECT count(*) FROM import_items WHERE reason = '${UNCERTAIN}'`),
    draftCount: count("SELECT count(*) FROM imports WHERE state <> 'finished'"),
    auditBrokenAt: createAuditRepository(journal).firstBroken(),
  };
}
