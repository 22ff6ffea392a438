import type { Migration } from '../migrate.ts';

/** SYNC 3.12. Secrets of queued changes, sealed, until the cloud has them. */
export const journal0003: Migration = {
  version: 3,
  name: 'safety',
  up(sql) {
    sql.exec(/* sql */ `
      -- AES-256-GCM; the key is in the system's keychain and nowhere here. key_id says which key it was.
      CREATE TABLE secret (
        lid TEXT NOT NULL, field TEXT NOT NULL, nonce BLOB NOT NULL, ct BLOB NOT NULL, key_id TEXT NOT NULL,
        PRIMARY KEY (lid, field)
      ) STRICT, WITHOUT ROWID;
    `);
  },
};
