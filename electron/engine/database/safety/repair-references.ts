import type Database from 'better-sqlite3';
import { repairPreviews } from './repair-previews.ts';

/** What can be told from the other tables is told again. */
export function repairReferences(sql: Database.Database): void {
  sql.exec(/* sql */ `
    -- The row of a change whose end is lost is judged by whether the change still waits.
    UPDATE import_changes SET state = 'sent' WHERE state IN ('queued', 'refused') AND op_id NOT IN (SELECT op_id FROM outbox);
    -- The rows came in after their upload and were counted once more by the triggers.
    UPDATE import_batches SET
      waiting_count = (SELECT count(*) FROM import_items i WHERE i.import_id = import_batches.import_id
        AND i.state IN ('queued', 'inflight', 'unknown'))
        + (SELECT count(*) FROM import_changes c WHERE c.import_id = import_batches.import_id AND c.state = 'queued'),
      sent_count = (SELECT count(*) FROM import_items i WHERE i.import_id = import_batches.import_id AND i.state = 'sent')
        + (SELECT count(*) FROM import_changes c WHERE c.import_id = import_batches.import_id AND c.state = 'sent'),
      asked_count = (SELECT count(*) FROM import_changes c WHERE c.import_id = import_batches.import_id AND c.state = 'refused'),
      refused_count = (SELECT count(*) FROM import_items i WHERE i.import_id = import_batches.import_id AND i.state = 'refused');
    -- A record made here has a local id, whatever became of its entry.
    INSERT OR IGNORE INTO idmap (lid, type, sid, created_at) SELECT lid, type, NULL, created_at FROM outbox WHERE kind = 'create';
    INSERT OR IGNORE INTO idmap (lid, type, sid, created_at)
      SELECT i.lid, 'user', NULL, b.created_at FROM import_items i JOIN import_batches b ON b.import_id = i.import_id WHERE i.state <> 'sent';
    INSERT OR IGNORE INTO op_dep (seq, needs_lid)
      SELECT o.seq, m.lid FROM outbox o JOIN idmap m ON m.sid IS NULL
      WHERE (m.lid = o.account_lid AND o.type <> 'account') OR (m.lid = o.lid AND o.kind <> 'create');
  `);
  repairPreviews(sql);
}
