import type { Migration } from '../migrate.ts';

/** IMP-12: what a row of an upload gives to its user beside the seven fields of before. */
export const journal0010: Migration = {
  version: 10,
  name: 'optional-columns',
  up(sql) {
    for (const column of ['mitel_one', 'miteam_meetings', 'sms_number', 'language', 'user_template', 'tags'])
      sql.exec(`ALTER TABLE import_items ADD COLUMN ${column} TEXT NOT NULL DEFAULT ''`);
    // IMP-11: uploads that came from no list are for more than welcome e-mails.
    sql.exec(/* sql */ `
      ALTER TABLE import_batches ADD COLUMN purpose TEXT NOT NULL DEFAULT '';
      UPDATE import_batches SET purpose = 'welcome' WHERE is_welcome = 1;
      ALTER TABLE import_batches DROP COLUMN is_welcome;
    `);
  },
};
