import type { Migration } from '../migrate.ts';

/** SYNC 3.1. Everything that exists only on this laptop until the cloud has it. */
export const journal0001: Migration = {
  version: 1,
  name: 'queue',
  up(sql) {
    sql.exec(/* sql */ `
      CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;

      -- lid is the permanent local id; sid is the server's, one attribute among others.
      CREATE TABLE idmap (
        lid TEXT PRIMARY KEY, type TEXT NOT NULL, sid TEXT, created_at TEXT NOT NULL
      ) STRICT, WITHOUT ROWID;
      CREATE UNIQUE INDEX idmap_sid ON idmap (type, sid) WHERE sid IS NOT NULL;

      -- seq is the only order, never a clock.
      CREATE TABLE outbox (
        seq INTEGER PRIMARY KEY AUTOINCREMENT,
        op_id TEXT NOT NULL UNIQUE,
        group_id TEXT NOT NULL,
        actor TEXT NOT NULL,
        type TEXT NOT NULL CHECK (type IN ('account', 'user')),
        lid TEXT NOT NULL,
        account_lid TEXT,
        kind TEXT NOT NULL CHECK (kind IN ('create', 'patch', 'delete')),
        patch TEXT NOT NULL,
        seen TEXT NOT NULL,
        schema_version INTEGER NOT NULL,
        state TEXT NOT NULL CHECK (state IN ('queued', 'inflight', 'unknown', 'waiting', 'conflict', 'quarantine')),
        reason TEXT NOT NULL DEFAULT '',
        server_message TEXT NOT NULL DEFAULT '',
        correlation_id TEXT NOT NULL DEFAULT '',
        idem_key TEXT NOT NULL,
        first_sent_at INTEGER,
        -- A request is immutable once sent: a retry sends these again.
        sent_body TEXT,
        sent_if_match TEXT,
        attempts INTEGER NOT NULL DEFAULT 0,
        next_at INTEGER NOT NULL DEFAULT 0,
        last_status INTEGER,
        valid_until INTEGER,
        created_at TEXT NOT NULL
      ) STRICT;
      -- Partial: an index on (state, next_at, seq) sorts the whole queue for every claim (SYNC 5.3).
      CREATE INDEX outbox_ready ON outbox (seq) WHERE state IN ('queued', 'unknown', 'waiting');
      CREATE INDEX outbox_lane ON outbox (lid, seq);
      CREATE INDEX outbox_account ON outbox (account_lid, seq);
      CREATE INDEX outbox_attention ON outbox (seq) WHERE state IN ('conflict', 'quarantine');

      -- A change that cannot be sent before another record exists on the server.
      CREATE TABLE op_dep (
        seq INTEGER NOT NULL REFERENCES outbox (seq) ON DELETE CASCADE,
        needs_lid TEXT NOT NULL,
        PRIMARY KEY (seq, needs_lid)
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX op_dep_needs ON op_dep (needs_lid);

      CREATE TABLE attempt (
        id INTEGER PRIMARY KEY, op_id TEXT NOT NULL, at TEXT NOT NULL, status INTEGER, duration_ms INTEGER NOT NULL,
        correlation_id TEXT NOT NULL, error TEXT NOT NULL
      ) STRICT;
      CREATE INDEX attempt_op ON attempt (op_id, id);

      CREATE TABLE conflict (
        op_id TEXT NOT NULL REFERENCES outbox (op_id) ON DELETE CASCADE,
        field_group TEXT NOT NULL, kind TEXT NOT NULL,
        base TEXT, mine TEXT, theirs TEXT, theirs_by TEXT NOT NULL, theirs_at TEXT,
        PRIMARY KEY (op_id, field_group)
      ) STRICT, WITHOUT ROWID;

      -- One Upload. Its rows are here and not in the outbox, so that no import stands in front of a single edit (SYNC 3.13).
      CREATE TABLE import_batches (
        import_id TEXT PRIMARY KEY, actor TEXT NOT NULL, account_lid TEXT NOT NULL, file_name TEXT NOT NULL,
        is_paused INTEGER NOT NULL DEFAULT 0, created_at TEXT NOT NULL
      ) STRICT, WITHOUT ROWID;
      CREATE TABLE import_items (
        import_id TEXT NOT NULL REFERENCES import_batches (import_id),
        row INTEGER NOT NULL,
        lid TEXT NOT NULL UNIQUE,
        idem_key TEXT NOT NULL,
        state TEXT NOT NULL CHECK (state IN ('queued', 'inflight', 'unknown', 'sent', 'refused')),
        first_name TEXT NOT NULL, last_name TEXT NOT NULL, name TEXT NOT NULL, email TEXT NOT NULL, role TEXT NOT NULL,
        email_key TEXT NOT NULL,
        source_row INTEGER,
        reason TEXT NOT NULL DEFAULT '', server_message TEXT NOT NULL DEFAULT '', correlation_id TEXT NOT NULL DEFAULT '',
        attempts INTEGER NOT NULL DEFAULT 0, first_sent_at INTEGER, next_at INTEGER NOT NULL DEFAULT 0,
        PRIMARY KEY (import_id, row)
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX import_items_state ON import_items (import_id, state, row);
      CREATE INDEX import_items_open ON import_items (state, import_id, row) WHERE state IN ('queued', 'unknown', 'inflight');

      CREATE TABLE jobs (
        id TEXT PRIMARY KEY, kind TEXT NOT NULL, state TEXT NOT NULL, account_lid TEXT, import_id TEXT, subject TEXT NOT NULL,
        done_count INTEGER NOT NULL DEFAULT 0, total_count INTEGER, problem_count INTEGER NOT NULL DEFAULT 0,
        reason TEXT NOT NULL DEFAULT '', detail TEXT NOT NULL DEFAULT '', started_at TEXT NOT NULL, finished_at TEXT
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX jobs_started ON jobs (started_at);

      -- Append-only, each entry carries the hash of the one before it. No secrets.
      CREATE TABLE audit (
        id INTEGER PRIMARY KEY AUTOINCREMENT, at TEXT NOT NULL, actor TEXT NOT NULL, op_id TEXT NOT NULL, event TEXT NOT NULL,
        detail TEXT NOT NULL, correlation_id TEXT NOT NULL, previous_hash TEXT NOT NULL, hash TEXT NOT NULL
      ) STRICT;
      CREATE INDEX audit_op ON audit (op_id);
    `);
  },
};
