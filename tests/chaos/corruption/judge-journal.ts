import { cpSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { decodePage } from '../../../electron/engine/database/safety/btree.ts';
import { checkJournal } from '../../../electron/engine/database/safety/check-store.ts';
import { readPageImage } from '../../../electron/engine/database/safety/page-image.ts';
import type { Damage } from './damage-journal.ts';
import type { Edit, JournalScene } from './journal-scene.ts';

/**
 * Which edits the bytes still hold. An edit is readable when a page that no byte was changed on carries its row of the queue or its
 * entry of the history, with all overflow pages of that page; or when the newest backup has it.
 */
export type Readable = {
  /** The row of the queue is untouched: found word for word. */
  readonly rows: ReadonlySet<string>;
  /** Only the entry of the history, or a backup. */
  readonly told: ReadonlySet<string>;
  /** The entry that says it was sent or undone is untouched. */
  readonly ended: ReadonlySet<string>;
  readonly uploads: ReadonlySet<string>;
};

export function readableIn(before: string, { touched }: Damage, scene: JournalScene): Readable {
  const image = readPageImage(join(before, 'journal.db'));
  const found = {
    rows: new Set<string>(),
    told: new Set<string>(),
    ended: new Set<string>(),
    uploads: new Set<string>(),
  };
  const uploads = new Map(scene.rows.map((row) => [row.email, row]));
  const [queue, history, items] = ['outbox', 'audit', 'import_items'].map((table) => columnsOf(before, table));
  for (let page = 2; page <= image.count; page += 1) {
    const decoded = touched.has(page) ? null : decodePage(image, page);
    if (!decoded || decoded.overflow.some((one) => touched.has(one))) continue;
    for (const { values } of decoded.rows) {
      if (decoded.kind === 'table' && values.length === queue) found.rows.add(String(values[1]));
      if (decoded.kind === 'table' && values.length === history) {
        (values[4] === 'queued' ? found.told : found.ended).add(String(values[3]));
      }
      if (decoded.kind === 'index' && values.length === items) found.uploads.add(String(values[8]));
    }
  }
  for (const opId of backedUp(before)) found.told.add(opId);
  for (const email of found.uploads) if (!uploads.has(email)) found.uploads.delete(email);
  return found;
}

/** How many values a row has as it is stored. */
function columnsOf(directory: string, table: string): number {
  // A copy: opening a file writes its log back.
  const copy = mkdtempSync(join(tmpdir(), 'fieldlink-columns-'));
  cpSync(directory, copy, { recursive: true });
  const sql = new Database(join(copy, 'journal.db'));
  const count = sql.prepare<[string], number>('SELECT count(*) FROM pragma_table_info(?)').pluck().get(table) ?? 0;
  sql.close();
  rmSync(copy, { recursive: true, force: true });
  return count;
}

function backedUp(directory: string): readonly string[] {
  const folder = join(directory, 'backup');
  const newest = existsSync(folder) ? readdirSync(folder).toSorted().at(-1) : undefined;
  if (newest === undefined) return [];
  const sql = new Database(join(folder, newest), { readonly: true });
  const found = sql.prepare<[], string>('SELECT op_id FROM outbox').pluck().all();
  sql.close();
  return found;
}

/** What is wrong with the journal after the rescue; empty when every promise holds. */
export function judgeJournal(sql: Database.Database, scene: JournalScene, readable: Readable): readonly string[] {
  const problems: string[] = [...checkJournal(sql)];
  type Change = { readonly op_id: string; readonly patch: string; readonly state: string; readonly reason: string };
  const changes = sql.prepare<[], Change>('SELECT op_id, patch, state, reason FROM outbox').all();
  const queue = new Map(changes.map((change) => [change.op_id, change]));
  for (const edit of scene.edits) problems.push(...judgeEdit(edit, queue.get(edit.opId), readable));
  const lids = sql.prepare<[], string>('SELECT lid FROM outbox GROUP BY lid, kind HAVING count(*) > 1').pluck().all();
  for (const lid of lids) problems.push(`twice in the queue: ${lid}`);
  type Item = { readonly email: string; readonly state: string };
  const items = new Map(
    sql
      .prepare<[], Item>('SELECT email, state FROM import_items')
      .all()
      .map((item) => [item.email, item]),
  );
  for (const row of scene.rows) {
    if (!readable.uploads.has(row.email)) continue;
    const item = items.get(row.email);
    if (!item) problems.push(`row of an upload lost: ${row.email}`);
    else if (row.isSent && item.state !== 'sent') problems.push(`a sent row is ${item.state} again: ${row.email}`);
  }
  return problems;
}

type Found = { readonly patch: string; readonly state: string; readonly reason: string } | undefined;

function judgeEdit({ opId, patch, fate }: Edit, found: Found, readable: Readable): readonly string[] {
  if (fate === 'waiting') {
    const isExact = readable.rows.has(opId);
    if (!found) return isExact || readable.told.has(opId) ? [`an acknowledged edit is lost: ${opId}`] : [];
    const isSame = JSON.stringify(JSON.parse(found.patch)) === JSON.stringify(patch);
    return isExact && !isSame ? [`an edit has other words than the person's: ${opId}`] : [];
  }
  if (!found) return [];
  if (readable.ended.has(opId)) return [`${fate}, and back in the queue: ${opId} ${found.state}`];
  // Nobody can prove it: then it may wait for a look or for the person, but never simply be sent.
  return found.reason === 'from-rescue' ? [] : [`${fate}, and ready to be sent again: ${opId} ${found.state}`];
}
