import type { ColumnOrigin, ExistingChoice, ImportField, PassedOver } from '../../../shared/model/import-row.ts';
import type { RecipeFix, RecipeId } from '../../../shared/model/import-recipe.ts';
import type { Store, Tx } from './store.ts';

export type ImportColumn = {
  readonly index: number;
  readonly heading: string;
  readonly samples: readonly string[];
  readonly field: ImportField | null;
  readonly origin: ColumnOrigin;
  readonly passedOver: PassedOver | null;
};

/** What a person decided about the reading, in distinction from what was recognised. */
export type ImportChosen = Partial<Readonly<Record<'sheet' | 'encoding' | 'delimiter', string>>> & {
  readonly headerRow?: number;
  /** The recipe that was used last. */
  readonly recipe?: { readonly id: RecipeId; readonly name: string };
  /** A fitting recipe was offered, and the person said no. */
  readonly isOfferDeclined?: boolean;
  /** The table that rows were uploaded from first. Not a choice of its own: what was chosen with the upload. */
  readonly uploadedFrom?: { readonly sha256: string; readonly sheet: string };
};

/** What was recognised in the file, as the contract shows it. */
export type ImportReading = {
  readonly format: 'xlsx' | 'csv';
  readonly sheets: readonly string[];
  readonly sheet: string;
  readonly encoding: string;
  readonly delimiter: string;
  readonly headerRow: number;
};

export type RowCounts = {
  readonly rowCount: number;
  readonly errorCount: number;
  readonly warningCount: number;
  readonly infoCount: number;
  readonly createCount: number;
  readonly changeCount: number;
  readonly unchangedCount: number;
  readonly skipCount: number;
  readonly conflictCount: number;
};

/** Counts, and the column of each. */
const COUNTS: Readonly<Record<keyof RowCounts, string>> = {
  rowCount: 'row_count',
  errorCount: 'error_count',
  warningCount: 'warning_count',
  infoCount: 'info_count',
  createCount: 'create_count',
  changeCount: 'change_count',
  unchangedCount: 'unchanged_count',
  skipCount: 'skip_count',
  conflictCount: 'conflict_count',
};
export const COUNT_NAMES = Object.keys(COUNTS) as readonly (keyof RowCounts)[];
export const NO_ROWS: RowCounts = Object.fromEntries(COUNT_NAMES.map((name) => [name, 0])) as RowCounts;

export type StoredImport = RowCounts & {
  readonly id: string;
  readonly actor: string;
  readonly accountLid: string;
  readonly fileName: string;
  /** '' for a list that was pasted. */
  readonly path: string;
  /** Of the file as it was read. */
  readonly sizeBytes: number;
  readonly modifiedMs: number;
  readonly sha256: string;
  readonly reading: ImportReading | null;
  readonly columns: readonly ImportColumn[];
  readonly state: 'reading' | 'preview' | 'failed' | 'finished';
  readonly failure: string;
  readonly failureDetail: string;
  readonly staging: number | null;
  readonly nextRow: number;
  /** What happens to rows whose address is in the account (IMP-7). */
  readonly existing: ExistingChoice;
  readonly chosen: ImportChosen;
  /** Repairs of rows that were uploaded since: their steps are gone. */
  readonly fixes: readonly RecipeFix[];
  readonly updatedAt: string;
};

/** What a reading of the file found; rows are in the staging already. */
type FinishedReading = RowCounts & {
  readonly staging: number;
  readonly nextRow: number;
  readonly sha256: string;
  readonly sizeBytes: number;
  readonly modifiedMs: number;
  /** Null: it came as a plan. */
  readonly reading: ImportReading | null;
  readonly columns: readonly ImportColumn[];
  readonly chosen: ImportChosen;
};

type ImportFailure = {
  readonly failure: string;
  readonly failureDetail: string;
  readonly reading: ImportReading | null;
  readonly columns: readonly ImportColumn[];
};

export type ImportRepository = {
  create(
    tx: Tx<'journal'>,
    draft: Pick<StoredImport, 'id' | 'actor' | 'accountLid' | 'fileName' | 'path'>,
    at: string,
  ): void;
  /** Keeps what was pasted instead of a file; it goes with the import. */
  keepText(tx: Tx<'journal'>, id: string, text: string): void;
  textOf(id: string): string | null;
  get(id: string): StoredImport | null;
  list(actor: string, accountLid: string | null): readonly StoredImport[];
  ofStaging(staging: number): StoredImport | null;
  /** Exchanges the rows for those just read. */
  readingFinished(tx: Tx<'journal'>, id: string, found: FinishedReading, at: string): void;
  readingFailed(tx: Tx<'journal'>, id: string, failure: ImportFailure, at: string): void;
  /** Adds to the counts, and gives out row numbers up to `nextRow`. */
  rowsChanged(tx: Tx<'journal'>, id: string, delta: RowCounts, at: string): void;
  setExisting(tx: Tx<'journal'>, id: string, existing: ExistingChoice, at: string): void;
  chose(tx: Tx<'journal'>, id: string, chosen: ImportChosen): void;
  keepFixes(tx: Tx<'journal'>, id: string, fixes: readonly RecipeFix[]): void;
  takeRowNumbers(tx: Tx<'journal'>, id: string, count: number): number;
  /** No row is left in the preview. */
  finished(tx: Tx<'journal'>, id: string, staging: number, at: string): void;
  remove(tx: Tx<'journal'>, id: string): void;
  /** Readings during which the program stopped. */
  interrupted(): readonly string[];
};

const COLUMNS = `id, actor, account_lid AS accountLid, file_name AS fileName, path, size_bytes AS sizeBytes,
  modified_ms AS modifiedMs, sha256, reading, columns, state, failure,
  failure_detail AS failureDetail, staging, next_row AS nextRow, existing, chosen, fixes,
  ${COUNT_NAMES.map((name) => `${COUNTS[name]} AS ${name}`).join(', ')}, updated_at AS updatedAt`;
const LISTED = 200;

type Row = Omit<StoredImport, JsonColumn> & Readonly<Record<JsonColumn, string>>;
type JsonColumn = 'reading' | 'columns' | 'chosen' | 'fixes';

export function createImportRepository({ sql }: Store<'journal'>): ImportRepository {
  const insert = sql.prepare(/* sql */ `
    INSERT INTO imports (id, actor, account_lid, file_name, path, state, created_at, updated_at) VALUES (?, ?, ?, ?, ?, 'reading', ?, ?)`);
  const keepText = sql.prepare('INSERT INTO import_texts (import_id, content) VALUES (?, ?)');
  const text = sql.prepare<[string], { content: string }>('SELECT content FROM import_texts WHERE import_id = ?');
  const one = sql.prepare<[string], Row>(`SELECT ${COLUMNS} FROM imports WHERE id = ?`);
  const staged = sql.prepare<[number, number], Row>(
    `SELECT ${COLUMNS} FROM imports WHERE id = (SELECT import_id FROM import_stagings WHERE id = ?) AND staging = ?`,
  );
  const list = sql.prepare<[string, string | null, string | null], Row>(/* sql */ `
    SELECT ${COLUMNS} FROM imports WHERE actor = ? AND (? IS NULL OR account_lid = ?) ORDER BY updated_at DESC, id DESC LIMIT ${LISTED}`);
  const found = sql.prepare(/* sql */ `
    UPDATE imports SET state = 'preview', failure = '', failure_detail = '', staging = ?, next_row = ?, sha256 = ?, size_bytes = ?, modified_ms = ?,
      reading = ?, columns = ?, chosen = ?, fixes = '', ${COUNT_NAMES.map((name) => `${COUNTS[name]} = ?`).join(', ')}, updated_at = ?
    WHERE id = ?`);
  const failed = sql.prepare(
    "UPDATE imports SET state = 'failed', failure = ?, failure_detail = ?, reading = ?, columns = ?, updated_at = ? WHERE id = ?",
  );
  const count = sql.prepare(/* sql */ `
    UPDATE imports SET ${COUNT_NAMES.map((name) => `${COUNTS[name]} = ${COUNTS[name]} + ?`).join(', ')},
      state = iif(state = 'finished' AND ? > 0, 'preview', state), updated_at = ? WHERE id = ?`);
  const choose = sql.prepare('UPDATE imports SET existing = ?, updated_at = ? WHERE id = ?');
  const chose = sql.prepare('UPDATE imports SET chosen = ? WHERE id = ?');
  const fixed = sql.prepare('UPDATE imports SET fixes = ? WHERE id = ?');
  const take = sql.prepare<[number, string], { nextRow: number }>(
    'UPDATE imports SET next_row = next_row + ? WHERE id = ? RETURNING next_row AS nextRow',
  );
  const finish = sql.prepare(/* sql */ `
    UPDATE imports SET state = 'finished', ${COUNT_NAMES.map((name) => `${COUNTS[name]} = 0`).join(', ')},
      staging = ?, updated_at = ? WHERE id = ?`);
  const remove = sql.prepare('DELETE FROM imports WHERE id = ?');
  const interrupted = sql.prepare<[], { id: string }>("SELECT id FROM imports WHERE state = 'reading'");

  return {
    create: (_tx, { id, actor, accountLid, fileName, path }, at) =>
      void insert.run(id, actor, accountLid, fileName, path, at, at),
    keepText: (_tx, id, content) => void keepText.run(id, content),
    textOf: (id) => text.get(id)?.content ?? null,
    get: (id) => toImport(one.get(id)),
    list: (actor, accountLid) => list.all(actor, accountLid, accountLid).map(parse),
    ofStaging: (staging) => toImport(staged.get(staging, staging)),
    readingFinished(_tx, id, reading, at) {
      found.run(
        ...[reading.staging, reading.nextRow, reading.sha256, reading.sizeBytes, reading.modifiedMs],
        ...[
          reading.reading ? JSON.stringify(reading.reading) : '',
          JSON.stringify(reading.columns),
          JSON.stringify(reading.chosen),
        ],
        ...[...COUNT_NAMES.map((name) => reading[name]), at, id],
      );
    },
    readingFailed(_tx, id, { failure, failureDetail, reading, columns }, at) {
      failed.run(failure, failureDetail, reading ? JSON.stringify(reading) : '', JSON.stringify(columns), at, id);
    },
    rowsChanged(_tx, id, delta, at) {
      count.run(...COUNT_NAMES.map((name) => delta[name]), delta.rowCount, at, id);
    },
    setExisting: (_tx, id, existing, at) => void choose.run(existing, at, id),
    chose: (_tx, id, chosen) => void chose.run(JSON.stringify(chosen), id),
    keepFixes: (_tx, id, fixes) => void fixed.run(JSON.stringify(fixes), id),
    takeRowNumbers: (_tx, id, wanted) => (take.get(wanted, id)?.nextRow ?? wanted + 1) - wanted,
    finished: (_tx, id, staging, at) => void finish.run(staging, at, id),
    remove: (_tx, id) => void remove.run(id),
    interrupted: () => interrupted.all().map(({ id }) => id),
  };
}

/** Previews of before recipes say nothing about where a mapping is from. */
type StoredColumn = Omit<ImportColumn, 'origin' | 'passedOver'> & Partial<ImportColumn>;

function toImport(row: Row | undefined): StoredImport | null {
  return row ? parse(row) : null;
}

function parse(row: Row): StoredImport {
  return {
    ...row,
    reading: row.reading === '' ? null : (JSON.parse(row.reading) as ImportReading),
    columns: (JSON.parse(row.columns) as StoredColumn[]).map((column) => ({
      origin: 'recognised',
      passedOver: null,
      ...column,
    })),
    chosen: row.chosen === '' ? {} : (JSON.parse(row.chosen) as ImportChosen),
    fixes: row.fixes === '' ? [] : (JSON.parse(row.fixes) as RecipeFix[]),
  };
}
