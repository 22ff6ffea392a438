import type { Migration } from '../migrate.ts';

/** OFF-4: how the server's records differed between two looks. */
export const cache0002: Migration = {
  version: 2,
  name: 'versions',
  up(sql) {
    sql.exec(/* sql */ `
      -- at: when the cloud says it changed. fields: {field: [from, to]} of the server's values.
      CREATE TABLE versions (
        id INTEGER PRIMARY KEY, type TEXT NOT NULL, lid TEXT NOT NULL, account_lid TEXT NOT NULL, name TEXT NOT NULL,
        what TEXT NOT NULL CHECK (what IN ('created', 'changed', 'deleted', 'hidden')),
        source TEXT NOT NULL CHECK (source IN ('here', 'there')),
        at TEXT NOT NULL, noticed_at TEXT NOT NULL, by TEXT NOT NULL, fields TEXT NOT NULL
      ) STRICT;
      CREATE INDEX versions_account ON versions (account_lid, id);
      CREATE TABLE tombstones (id INTEGER PRIMARY KEY, sid TEXT NOT NULL UNIQUE) STRICT;
      CREATE INDEX versions_record ON versions (lid, id);
    `);
  },
};
