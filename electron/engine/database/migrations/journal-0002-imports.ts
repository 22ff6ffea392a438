import type { Migration } from '../migrate.ts';

/** Import previews (IMP-2 to IMP-5, IMP-14): drafts that survive a crash and an upgrade. */
export const journal0002: Migration = {
  version: 2,
  name: 'imports',
  up(sql) {
    sql.exec(/* sql */ `
      -- Rows belong to a staging, not to an import: reading the file again fills a new one beside the old, and one small
      -- transaction exchanges them. A staging that no import names is left over from a crash.
      CREATE TABLE import_stagings (id INTEGER PRIMARY KEY AUTOINCREMENT, import_id TEXT NOT NULL) STRICT;

      CREATE TABLE imports (
        id TEXT PRIMARY KEY, actor TEXT NOT NULL, account_lid TEXT NOT NULL, file_name TEXT NOT NULL, path TEXT NOT NULL,
        sha256 TEXT NOT NULL DEFAULT '', size_bytes INTEGER NOT NULL DEFAULT 0, modified_ms REAL NOT NULL DEFAULT 0,
        -- What was recognised, and the columns with what each is taken for: JSON, '' before the file was read.
        reading TEXT NOT NULL DEFAULT '', columns TEXT NOT NULL DEFAULT '[]',
        state TEXT NOT NULL CHECK (state IN ('reading', 'preview', 'failed', 'finished')),
        failure TEXT NOT NULL DEFAULT '', failure_detail TEXT NOT NULL DEFAULT '',
        staging INTEGER,
        -- Row numbers are never used twice within an import: they key what was uploaded.
        next_row INTEGER NOT NULL DEFAULT 1,
        row_count INTEGER NOT NULL DEFAULT 0, error_count INTEGER NOT NULL DEFAULT 0,
        warning_count INTEGER NOT NULL DEFAULT 0, info_count INTEGER NOT NULL DEFAULT 0,
        created_at TEXT NOT NULL, updated_at TEXT NOT NULL
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX imports_account ON imports (account_lid, updated_at);

      -- severity: 0 none, 1 info, 2 warning, 3 error. notes: what the reading did to the cells; issues: what the rules say.
      CREATE TABLE import_rows (
        staging INTEGER NOT NULL, row_id INTEGER NOT NULL, source_row INTEGER,
        first_name TEXT NOT NULL, last_name TEXT NOT NULL, name TEXT NOT NULL, email TEXT NOT NULL, role TEXT NOT NULL,
        email_key TEXT NOT NULL, notes TEXT NOT NULL, issues TEXT NOT NULL,
        is_duplicate INTEGER NOT NULL, severity INTEGER NOT NULL, is_changed INTEGER NOT NULL,
        PRIMARY KEY (staging, row_id)
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX import_rows_email ON import_rows (staging, email_key, row_id) WHERE email_key <> '';
      -- Everything the list of positions is made of, so that it is read without touching the texts.
      CREATE INDEX import_rows_order ON import_rows (staging, row_id, severity, is_changed);

      -- One undo step. open: being applied or reversed when the program stopped; it is taken back at the next start.
      CREATE TABLE import_steps (
        staging INTEGER NOT NULL, step INTEGER NOT NULL,
        state TEXT NOT NULL CHECK (state IN ('open', 'done', 'undone')),
        PRIMARY KEY (staging, step)
      ) STRICT, WITHOUT ROWID;
      -- A row before and after a step; NULL where it does not exist.
      CREATE TABLE import_edits (
        staging INTEGER NOT NULL, step INTEGER NOT NULL, row_id INTEGER NOT NULL, before TEXT, after TEXT,
        PRIMARY KEY (staging, step, row_id)
      ) STRICT, WITHOUT ROWID;
    `);
  },
};
