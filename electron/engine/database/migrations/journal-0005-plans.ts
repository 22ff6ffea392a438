import type { Migration } from '../migrate.ts';

/** IMP-6, IMP-7, IMP-12: more columns, and what Upload makes of each row. */
export const journal0005: Migration = {
  version: 5,
  name: 'plans',
  up(sql) {
    sql.exec(/* sql */ `
      ALTER TABLE import_rows ADD COLUMN mobile TEXT NOT NULL DEFAULT '';
      ALTER TABLE import_rows ADD COLUMN extension TEXT NOT NULL DEFAULT '';
      -- 0 create, 1 change, 2 unchanged, 3 skip, 4 conflict, 5 refused. Rows of before were created, or refused for an error.
      ALTER TABLE import_rows ADD COLUMN action INTEGER NOT NULL DEFAULT 0;
      -- What the row itself says about an address that is in the account; '': as the import does.
      ALTER TABLE import_rows ADD COLUMN existing TEXT NOT NULL DEFAULT '';
      -- The user who has the address, and of a change what was there when it was planned: JSON, '' without one.
      ALTER TABLE import_rows ADD COLUMN target TEXT NOT NULL DEFAULT '';
      ALTER TABLE import_rows ADD COLUMN planned TEXT NOT NULL DEFAULT '';
      UPDATE import_rows SET action = 5 WHERE severity = 3;
      DROP INDEX import_rows_order;
      CREATE INDEX import_rows_order ON import_rows (staging, row_id, severity, is_changed, action, is_duplicate);
      CREATE INDEX import_rows_target ON import_rows (staging, row_id) WHERE target <> '';

      ALTER TABLE imports ADD COLUMN existing TEXT NOT NULL DEFAULT 'refuse';
      ALTER TABLE imports ADD COLUMN create_count INTEGER NOT NULL DEFAULT 0;
      ALTER TABLE imports ADD COLUMN change_count INTEGER NOT NULL DEFAULT 0;
      ALTER TABLE imports ADD COLUMN unchanged_count INTEGER NOT NULL DEFAULT 0;
      ALTER TABLE imports ADD COLUMN skip_count INTEGER NOT NULL DEFAULT 0;
      ALTER TABLE imports ADD COLUMN conflict_count INTEGER NOT NULL DEFAULT 0;
      UPDATE imports SET create_count = row_count - error_count;

      ALTER TABLE import_items ADD COLUMN mobile TEXT NOT NULL DEFAULT '';
      ALTER TABLE import_items ADD COLUMN extension TEXT NOT NULL DEFAULT '';
      -- Rows that change a user. The outbox carries the change; this keeps what became of each row after it left.
      ALTER TABLE outbox ADD COLUMN import_id TEXT;
      -- Of changes: those that stand in the Outbox until a person has decided.
      ALTER TABLE import_batches ADD COLUMN asked_count INTEGER NOT NULL DEFAULT 0;
      CREATE TABLE import_changes (
        import_id TEXT NOT NULL, row INTEGER NOT NULL, op_id TEXT NOT NULL UNIQUE, lid TEXT NOT NULL, source_row INTEGER,
        kind TEXT NOT NULL CHECK (kind IN ('patch', 'delete')), name TEXT NOT NULL, email TEXT NOT NULL,
        -- What the row wanted, and what was there: JSON.
        patch TEXT NOT NULL, seen TEXT NOT NULL,
        -- The row as it was typed, for the way back into the preview: JSON.
        typed TEXT NOT NULL,
        state TEXT NOT NULL CHECK (state IN ('queued', 'sent', 'refused', 'withdrawn')),
        reason TEXT NOT NULL DEFAULT '', server_message TEXT NOT NULL DEFAULT '', correlation_id TEXT NOT NULL DEFAULT '',
        -- A look at the cloud has shown the user since (IMP-9).
        is_visible INTEGER NOT NULL DEFAULT 0,
        PRIMARY KEY (import_id, row)
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX import_changes_unseen ON import_changes (lid) WHERE state = 'sent' AND is_visible = 0;
      ALTER TABLE import_items ADD COLUMN is_visible INTEGER NOT NULL DEFAULT 0;
      CREATE INDEX import_items_unseen ON import_items (lid) WHERE state = 'sent' AND is_visible = 0;
      CREATE INDEX import_changes_state ON import_changes (import_id, state, row);
      CREATE TRIGGER import_changes_added AFTER INSERT ON import_changes BEGIN
        UPDATE import_batches SET waiting_count = waiting_count + (NEW.state = 'queued'),
          sent_count = sent_count + (NEW.state = 'sent') WHERE import_id = NEW.import_id;
      END;
      CREATE TRIGGER import_changes_removed AFTER DELETE ON import_changes BEGIN
        UPDATE import_batches SET waiting_count = waiting_count - (OLD.state = 'queued'),
          sent_count = sent_count - (OLD.state = 'sent'), asked_count = asked_count - (OLD.state = 'refused')
          WHERE import_id = OLD.import_id;
      END;
      CREATE TRIGGER import_changes_moved AFTER UPDATE OF state ON import_changes WHEN NEW.state <> OLD.state BEGIN
        UPDATE import_batches SET
          waiting_count = waiting_count + (NEW.state = 'queued') - (OLD.state = 'queued'),
          sent_count = sent_count + (NEW.state = 'sent') - (OLD.state = 'sent'),
          asked_count = asked_count + (NEW.state = 'refused') - (OLD.state = 'refused')
          WHERE import_id = NEW.import_id;
      END;
      -- A change that needs a person's word stands in the Outbox with the single ones, wherever it came from.
      CREATE TRIGGER outbox_asks AFTER UPDATE OF state ON outbox
        WHEN (NEW.state IN ('conflict', 'quarantine')) <> (OLD.state IN ('conflict', 'quarantine')) BEGIN
        UPDATE import_changes SET state = iif(NEW.state IN ('conflict', 'quarantine'), 'refused', 'queued'),
          reason = NEW.reason, server_message = NEW.server_message, correlation_id = NEW.correlation_id WHERE op_id = NEW.op_id;
        UPDATE outbox SET import_id = NULL WHERE seq = NEW.seq AND import_id IS NOT NULL;
      END;
      -- Changes of an import stand apart, so that no single edit waits behind 100,000 rows and a pause holds them all.
      DROP INDEX outbox_ready;
      CREATE INDEX outbox_ready ON outbox (place) WHERE state IN ('queued', 'unknown', 'waiting') AND import_id IS NULL;
      CREATE INDEX outbox_import_ready ON outbox (import_id, place) WHERE state IN ('queued', 'unknown', 'waiting') AND import_id IS NOT NULL;
      -- IMP-8: after how many rows the first ones are judged, how many had failed before, after how many equal failures it stops, and why it stands.
      ALTER TABLE import_batches ADD COLUMN canary_until INTEGER NOT NULL DEFAULT 0;
      ALTER TABLE import_batches ADD COLUMN canary_failed INTEGER NOT NULL DEFAULT 0;
      ALTER TABLE import_batches ADD COLUMN stop_after INTEGER NOT NULL DEFAULT 0;
      ALTER TABLE import_batches ADD COLUMN failed_before INTEGER NOT NULL DEFAULT 0;
      ALTER TABLE import_batches ADD COLUMN pause_reason TEXT NOT NULL DEFAULT '';
      -- The upload that this one takes back (IMP-10); NULL for all others.
      ALTER TABLE import_batches ADD COLUMN undo_of TEXT;
      ALTER TABLE import_batches ADD COLUMN unchanged_count INTEGER NOT NULL DEFAULT 0;
      ALTER TABLE import_batches ADD COLUMN skipped_count INTEGER NOT NULL DEFAULT 0;
    `);
  },
};
