import type { Database } from 'better-sqlite3';
import type { Migration } from '../migrate.ts';

/** IMP-3, IMP-4: rows of previews and of their undo steps are stored in packs: a hundred thousand of them are read and changed in a fraction. */
export const journal0008: Migration = {
  version: 8,
  name: 'packs of rows',
  up(sql) {
    sql.exec(/* sql */ `
      -- Row n of a staging is in pack n >> 7. rows: a list in JSON, one row in each line: [row, row of the file, seven cells, what else is
      -- said]. keys: the hash of the address of each of the 128 places as a little-endian 32-bit number, 0 for none.
      CREATE TABLE import_packs (
        staging INTEGER NOT NULL, pack INTEGER NOT NULL, keys BLOB NOT NULL, rows TEXT NOT NULL, PRIMARY KEY (staging, pack)
      ) STRICT;
      -- Rows before and after a step, in the order in which it took them: [[row, before, after]], null where it does not exist.
      CREATE TABLE import_edit_packs (
        staging INTEGER NOT NULL, step INTEGER NOT NULL, pack INTEGER NOT NULL, edits TEXT NOT NULL, PRIMARY KEY (staging, step, pack)
      ) STRICT;
    `);
    foldRows(sql);
    foldEdits(sql);
  },
};

/** Moves the rows of `import_rows`, as journals before version 8 have them, into packs. A rescue does it too. */
export function foldRows(sql: Database): void {
  sql.function('pack_keys', { deterministic: true }, (places: unknown) => packKeys(String(places)));
  sql.exec(/* sql */ `
    INSERT INTO import_packs (staging, pack, keys, rows)
      SELECT staging, row_id >> 7, pack_keys(json_group_array(json_array(row_id & 127, email_key))),
        '[' || group_concat(line, ',' || char(10) ORDER BY row_id) || ']'
      FROM (
        SELECT staging, row_id, email_key, json_array(row_id, source_row, first_name, last_name, name, email, role, mobile, extension,
          json_object('emailKey', email_key, 'notes', json(iif(notes = '', '[]', notes)), 'issues', json(iif(issues = '', '[]', issues)),
            'isDuplicate', json(iif(is_duplicate, 'true', 'false')), 'severity', severity,
            'isChanged', json(iif(is_changed, 'true', 'false')), 'action', action, 'existing', nullif(existing, ''), 'target', target,
            'planned', json(iif(planned = '', '{}', planned)))) AS line
        FROM import_rows WHERE json_valid(iif(notes = '', '[]', notes)) AND json_valid(iif(issues = '', '[]', issues))
          AND json_valid(iif(planned = '', '{}', planned)))
      GROUP BY staging, row_id >> 7;
    DROP TABLE import_rows;
  `);
}

export function foldEdits(sql: Database): void {
  sql.exec(/* sql */ `
    INSERT INTO import_edit_packs (staging, step, pack, edits)
      SELECT staging, step, place / 400, '[' || group_concat(edit, ',' ORDER BY place) || ']'
      FROM (
        SELECT staging, step, row_number() OVER (PARTITION BY staging, step ORDER BY row_id) - 1 AS place,
          json_array(row_id, json(before), json(after)) AS edit
        FROM import_edits WHERE (before IS NULL OR json_valid(before)) AND (after IS NULL OR json_valid(after)))
      GROUP BY staging, step, place / 400;
    DROP TABLE import_edits;
  `);
}

/** Frozen as of this version. */
function packKeys(places: string): Buffer {
  const keys = Buffer.alloc(512);
  for (const [slot, address] of JSON.parse(places) as [number, string][]) {
    let hash = 0x811c9dc5;
    for (let index = 0; index < address.length; index += 1)
      hash = Math.imul(hash ^ address.charCodeAt(index), 0x01000193);
    keys.writeUInt32LE(address === '' ? 0 : hash >>> 0 || 1, slot * 4);
  }
  return keys;
}
