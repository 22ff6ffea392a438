import type { Migration } from '../migrate.ts';

/**
 * IMP-12, BIL-3: what an account can give to its users, and what its users were given. What is here was fetched without it: everything is
 * listed again, and without a revision the same record is written once more.
 */
export const cache0006: Migration = {
  version: 6,
  name: 'assignables',
  up(sql) {
    sql.exec(/* sql */ `
      ALTER TABLE accounts ADD COLUMN assignables TEXT NOT NULL DEFAULT '{"licenses":{},"smsNumbers":[],"userTemplates":[]}';
      ALTER TABLE users ADD COLUMN mitel_one TEXT NOT NULL DEFAULT '';
      ALTER TABLE users ADD COLUMN miteam_meetings TEXT NOT NULL DEFAULT '';
      ALTER TABLE users ADD COLUMN sms_number TEXT NOT NULL DEFAULT '';
      ALTER TABLE users ADD COLUMN language TEXT NOT NULL DEFAULT '';
      ALTER TABLE users ADD COLUMN user_template TEXT NOT NULL DEFAULT '';
      ALTER TABLE users ADD COLUMN tags TEXT NOT NULL DEFAULT '';
      CREATE INDEX users_mitel_one ON users (account, mitel_one) WHERE mitel_one <> '' AND is_deleted = 0;
      CREATE INDEX users_miteam_meetings ON users (account, miteam_meetings) WHERE miteam_meetings <> '' AND is_deleted = 0;
      CREATE INDEX users_refused ON users (account, mitel_one, miteam_meetings) WHERE pending = 4 AND sid IS NULL AND is_deleted = 0;
      CREATE INDEX users_sms_number ON users (account, sms_number) WHERE sms_number <> '' AND is_deleted = 0;
      UPDATE accounts SET rev = NULL;
      UPDATE users SET rev = NULL;
      UPDATE users SET base_doc = json_set(base_doc, '$.rev', NULL, '$.fields.mitelOne', '', '$.fields.miteamMeetings', '',
        '$.fields.smsNumber', '', '$.fields.language', '', '$.fields.userTemplate', '', '$.fields.tags', '') WHERE base_doc IS NOT NULL;
      UPDATE cursor SET token = NULL, page_state = NULL, pending_token = NULL;
    `);
  },
};
