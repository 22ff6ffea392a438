import type { Migration } from '../migrate.ts';

/**
 * IMP-1, MA 2.14: the custom roles that are assigned to an account. What is here was fetched without them: the accounts are listed
 * again, and without a revision the same one is written once more.
 */
export const cache0004: Migration = {
  version: 4,
  name: 'custom-roles',
  up(sql) {
    sql.exec(/* sql */ `
      ALTER TABLE accounts ADD COLUMN custom_roles TEXT NOT NULL DEFAULT '[]';
      UPDATE accounts SET rev = NULL;
      UPDATE cursor SET token = NULL, page_state = NULL, pending_token = NULL WHERE scope = 'accounts';
    `);
  },
};
