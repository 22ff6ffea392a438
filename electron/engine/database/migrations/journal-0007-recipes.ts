import type { Migration } from '../migrate.ts';

/** IMP-13: what headings were taken for, recipes, and what of an import a recipe is made of. */
export const journal0007: Migration = {
  version: 7,
  name: 'recipes',
  up(sql) {
    sql.exec(/* sql */ `
      -- heading_key: letters and digits of the heading, folded. field: '' for a column that was left out.
      CREATE TABLE import_headings (
        heading_key TEXT NOT NULL PRIMARY KEY, heading TEXT NOT NULL, field TEXT NOT NULL, used_at TEXT NOT NULL
      ) STRICT, WITHOUT ROWID;
      -- name_key: the name, folded; two recipes that read the same are one. content: JSON.
      CREATE TABLE import_recipes (
        id TEXT NOT NULL PRIMARY KEY, name TEXT NOT NULL, name_key TEXT NOT NULL UNIQUE, content TEXT NOT NULL,
        created_at TEXT NOT NULL, updated_at TEXT NOT NULL
      ) STRICT, WITHOUT ROWID;
      -- What the person chose of the reading, in distinction from what was recognised, and the recipe that was used: JSON, '' for nothing.
      ALTER TABLE imports ADD COLUMN chosen TEXT NOT NULL DEFAULT '';
      -- Repairs of the rows that were uploaded: their steps are gone. JSON, '' for none.
      ALTER TABLE imports ADD COLUMN fixes TEXT NOT NULL DEFAULT '';
      -- What the step did, where it can be repeated in another file: JSON, '' where it cannot.
      ALTER TABLE import_steps ADD COLUMN fixes TEXT NOT NULL DEFAULT '';
    `);
  },
};
