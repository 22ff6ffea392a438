import type { Migration } from '../migrate.ts';

/**
 * IMP-12: what a row of an upload gives to its user beside the seven fields of before. IMP-11: uploads that came from no list are for more
 * than welcome e-mails.
 */
export const journal0010: Migration = {
  version: 10,
  name: 'optional-columns',
  up(sql) {
    sql.exec(/* sql */ `
      ALTER TABLE import_items ADD COLUMN mitel_one TEXT NOT NULL DEFAULT '';
      ALTER TABLE import_items ADD COLUMN miteam_meetings TEXT NOT NULL DEFAULT '';
      ALTER TABLE import_items ADD COLUMN sms_number TEXT NOT NULL DEFAULT '';
      ALTER TABLE import_items ADD COLUMN language TEXT NOT NULL DEFAULT '';
      ALTER TABLE import_items ADD COLUMN user_template TEXT NOT NULL DEFAULT '';
      ALTER TABLE import_items ADD COLUMN tags TEXT NOT NULL DEFAULT '';
      ALTER TABLE import_batches ADD COLUMN purpose TEXT NOT NULL DEFAULT '';
      UPDATE import_batches SET purpose = 'welcome' WHERE is_welcome = 1;
      ALTER TABLE import_batches DROP COLUMN is_welcome;
    `);
  },
};
