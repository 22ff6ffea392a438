import type { Migration } from '../migrate.ts';

/** OFF-1 to OFF-4: pins, an order that a person can change, a history that can be asked about a record or an account. */
export const journal0004: Migration = {
  version: 4,
  name: 'decisions',
  up(sql) {
    sql.exec(/* sql */ `
      -- The list of types was frozen into the table; a new type of record is a descriptor, not a migration.
      CREATE TABLE outbox_next (
        seq INTEGER PRIMARY KEY AUTOINCREMENT,
        op_id TEXT NOT NULL UNIQUE,
        group_id TEXT NOT NULL,
        actor TEXT NOT NULL,
        type TEXT NOT NULL,
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
        created_at TEXT NOT NULL,
        -- Place in the queue among independent changes. Within a record seq is the order, always.
        place REAL NOT NULL
      ) STRICT;
      INSERT INTO outbox_next SELECT seq, op_id, group_id, actor, type, lid, account_lid, kind, patch, seen, schema_version, state, reason,
        server_message, correlation_id, idem_key, first_sent_at, sent_body, sent_if_match, attempts, next_at, last_status, valid_until, created_at, seq
        FROM outbox;
      UPDATE sqlite_sequence SET seq = (SELECT seq FROM sqlite_sequence WHERE name = 'outbox')
        WHERE name = 'outbox_next' AND EXISTS (SELECT 1 FROM sqlite_sequence WHERE name = 'outbox');
      INSERT INTO sqlite_sequence (name, seq) SELECT 'outbox_next', seq FROM sqlite_sequence
        WHERE name = 'outbox' AND NOT EXISTS (SELECT 1 FROM sqlite_sequence WHERE name = 'outbox_next');

      CREATE TABLE op_dep_kept AS SELECT seq, needs_lid FROM op_dep;
      DROP TABLE op_dep;
      -- What a person decides between is made of the change and the newest record; a stored copy would be stale.
      DROP TABLE conflict;
      DROP TABLE outbox;
      ALTER TABLE outbox_next RENAME TO outbox;
      -- Partial: an index on (state, next_at, seq) sorts the whole queue for every claim (SYNC 5.3).
      CREATE INDEX outbox_ready ON outbox (place) WHERE state IN ('queued', 'unknown', 'waiting');
      CREATE INDEX outbox_lane ON outbox (lid, seq);
      CREATE INDEX outbox_account ON outbox (account_lid, place);
      CREATE INDEX outbox_attention ON outbox (seq) WHERE state IN ('conflict', 'quarantine');
      CREATE TABLE op_dep (
        seq INTEGER NOT NULL REFERENCES outbox (seq) ON DELETE CASCADE,
        needs_lid TEXT NOT NULL,
        PRIMARY KEY (seq, needs_lid)
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX op_dep_needs ON op_dep (needs_lid);
      INSERT INTO op_dep SELECT seq, needs_lid FROM op_dep_kept;
      DROP TABLE op_dep_kept;

      -- Kept by triggers: counting 100,000 rows for every request of an upload, and for every line of a list, is what made both slow.
      ALTER TABLE import_batches ADD COLUMN waiting_count INTEGER NOT NULL DEFAULT 0;
      ALTER TABLE import_batches ADD COLUMN sent_count INTEGER NOT NULL DEFAULT 0;
      ALTER TABLE import_batches ADD COLUMN refused_count INTEGER NOT NULL DEFAULT 0;
      UPDATE import_batches SET
        waiting_count = (SELECT count(*) FROM import_items i WHERE i.import_id = import_batches.import_id
          AND i.state IN ('queued', 'inflight', 'unknown')),
        sent_count = (SELECT count(*) FROM import_items i WHERE i.import_id = import_batches.import_id AND i.state = 'sent'),
        refused_count = (SELECT count(*) FROM import_items i WHERE i.import_id = import_batches.import_id AND i.state = 'refused');
      CREATE TRIGGER import_items_added AFTER INSERT ON import_items BEGIN
        UPDATE import_batches SET waiting_count = waiting_count + (NEW.state IN ('queued', 'inflight', 'unknown')),
          sent_count = sent_count + (NEW.state = 'sent'), refused_count = refused_count + (NEW.state = 'refused')
          WHERE import_id = NEW.import_id;
      END;
      CREATE TRIGGER import_items_removed AFTER DELETE ON import_items BEGIN
        UPDATE import_batches SET waiting_count = waiting_count - (OLD.state IN ('queued', 'inflight', 'unknown')),
          sent_count = sent_count - (OLD.state = 'sent'), refused_count = refused_count - (OLD.state = 'refused')
          WHERE import_id = OLD.import_id;
      END;
      CREATE TRIGGER import_items_moved AFTER UPDATE OF state ON import_items
        WHEN (NEW.state IN ('sent', 'refused') OR OLD.state IN ('sent', 'refused')) AND NEW.state <> OLD.state BEGIN
        UPDATE import_batches SET
          waiting_count = waiting_count + (NEW.state IN ('queued', 'inflight', 'unknown')) - (OLD.state IN ('queued', 'inflight', 'unknown')),
          sent_count = sent_count + (NEW.state = 'sent') - (OLD.state = 'sent'),
          refused_count = refused_count + (NEW.state = 'refused') - (OLD.state = 'refused')
          WHERE import_id = NEW.import_id;
      END;
      -- How a row was sent, so that a repeat is the same whatever the cloud can do meanwhile; NULL: never sent.
      ALTER TABLE import_items ADD COLUMN sent_keyed INTEGER;
      ALTER TABLE import_items ADD COLUMN sent_with_ref INTEGER;
      CREATE INDEX import_items_later ON import_items (import_id, next_at) WHERE state IN ('queued', 'unknown') AND next_at > 0;

      CREATE TABLE pins (
        actor TEXT NOT NULL, account_lid TEXT NOT NULL, pinned_at TEXT NOT NULL, PRIMARY KEY (actor, account_lid)
      ) STRICT, WITHOUT ROWID;

      -- Taken from the hashed detail, so the chain stays what it is.
      ALTER TABLE audit ADD COLUMN lid TEXT GENERATED ALWAYS AS (detail ->> 'lid') VIRTUAL;
      ALTER TABLE audit ADD COLUMN account_lid TEXT GENERATED ALWAYS AS (detail ->> 'account') VIRTUAL;
      CREATE INDEX audit_record ON audit (lid, id);
      CREATE INDEX audit_account ON audit (account_lid, id);
    `);
  },
};
