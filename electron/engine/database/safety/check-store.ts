import Database from 'better-sqlite3';

/** What is wrong with a file, in SQLite's words; empty when nothing is. */
export type Findings = readonly string[];

const REPORTED = 20;

/** Reads the whole file and compares every index (SYNC 3.11). For the journal: it is small. */
export function checkJournal(sql: Database.Database): Findings {
  const found = words(sql, 'integrity_check');
  if (found.length > 0) return found;
  const broken = sql.pragma('foreign_key_check') as readonly { readonly table: string }[];
  if (broken.length > 0) return broken.slice(0, REPORTED).map(({ table }) => `a row of ${table} hangs on nothing`);
  return unreadableWork(sql);
}

/** The pages of the cache, without comparing its indexes: 5 s for 1 GB. Never on the way to the first screen. */
export function checkCache(sql: Database.Database): Findings {
  return words(sql, 'quick_check');
}

function words(sql: Database.Database, pragma: 'integrity_check' | 'quick_check'): Findings {
  try {
    const found = sql.pragma(`${pragma}(${REPORTED})`) as readonly Readonly<Record<string, string>>[];
    return found.map((row) => Object.values(row)[0] ?? '').filter((word) => word !== 'ok');
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)];
  }
}

/** SQLite has no checksums: bytes changed within a text are only seen by who reads the text. */
function unreadableWork(sql: Database.Database): Findings {
  const tables = new Set(sql.prepare<[], string>("SELECT name FROM sqlite_schema WHERE type = 'table'").pluck().all());
  return JSON_COLUMNS.filter(({ table }) => tables.has(table)).flatMap(({ table, columns }) => {
    const unreadable = columns.map((column) => `(${column} <> '' AND NOT json_valid(${column}))`).join(' OR ');
    const count = Number(sql.prepare<[], number>(`SELECT count(*) FROM ${table} WHERE ${unreadable}`).pluck().get());
    return count === 0 ? [] : [`${count} rows of ${table} cannot be read`];
  });
}

const JSON_COLUMNS = [
  { table: 'outbox', columns: ['patch', 'seen', 'sent_body'] },
  { table: 'imports', columns: ['reading', 'columns'] },
  { table: 'import_recipes', columns: ['content'] },
  { table: 'import_packs', columns: ['rows'] },
  { table: 'import_edit_packs', columns: ['edits'] },
] as const;

/** For a thread beside the engine: a connection of its own that only reads. */
export function checkCacheFile(path: string): Findings {
  const sql = new Database(path, { readonly: true, fileMustExist: true });
  try {
    return checkCache(sql);
  } finally {
    sql.close();
  }
}
