import type { Migration } from '../migrate.ts';

/** USR-7, IMP-11: an upload whose rows ask for welcome e-mails. */
export const journal0009: Migration = {
  version: 9,
  name: 'welcome-emails',
  up(sql) {
    sql.exec('ALTER TABLE import_batches ADD COLUMN is_welcome INTEGER NOT NULL DEFAULT 0');
  },
};
