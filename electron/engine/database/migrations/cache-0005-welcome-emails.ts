import type { Migration } from '../migrate.ts';

/**
 * USR-7: when a user was last sent a welcome e-mail. What is here was fetched without it: everything is listed again, and without a
 * revision the same record is written once more.
 */
export const cache0005: Migration = {
  version: 5,
  name: 'welcome-emails',
  up(sql) {
    sql.exec(/* sql */ `
      ALTER TABLE users ADD COLUMN welcome_email_on TEXT NOT NULL DEFAULT '';
      UPDATE users SET rev = NULL;
      UPDATE users SET base_doc = json_set(base_doc, '$.rev', NULL, '$.fields.welcomeEmailOn', '') WHERE base_doc IS NOT NULL;
      UPDATE cursor SET token = NULL, page_state = NULL, pending_token = NULL;
    `);
  },
};
