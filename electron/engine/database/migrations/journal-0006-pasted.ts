import type { Migration } from '../migrate.ts';

/** IMP-2: lists that were pasted have no file; the text is kept with the draft, and goes with it. */
export const journal0006: Migration = {
  version: 6,
  name: 'pasted lists',
  up(sql) {
    sql.exec(/* sql */ `
      -- Up to 20 MB each, so it stands beside the imports and not among their columns.
      CREATE TABLE import_texts (import_id TEXT NOT NULL PRIMARY KEY, content TEXT NOT NULL) STRICT;
      CREATE TRIGGER imports_removed AFTER DELETE ON imports BEGIN
        DELETE FROM import_texts WHERE import_id = OLD.id;
      END;
    `);
  },
};
