import type { Migration } from '../migrate.ts';

/** USR-1, SYNC 5.2: the users of an account lie in one range of rowids, which the search asks for. */
export const cache0003: Migration = {
  version: 3,
  name: 'account-ranges',
  up(sql) {
    sql.exec(/* sql */ `
      UPDATE users SET rowid = (account << 32) | rowid;
      INSERT INTO users_fts (users_fts) VALUES ('delete-all');
      INSERT INTO users_fts (rowid, search_key) SELECT rowid, search_key FROM users ORDER BY rowid;
    `);
  },
};
