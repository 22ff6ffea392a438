import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openDatabase } from '../../electron/sandbox/database/open.ts';
import { SCHEMA_VERSION, TABLES } from '../../electron/sandbox/database/schema.ts';

test('CLI-2: whoever changes the tables of the sandbox raises their version', () => {
  const tables = createHash('sha256').update(TABLES).digest('hex').slice(0, 16);
  // A file of the version before would be opened and not fit: put in the new hash together with the new version.
  expect({ version: SCHEMA_VERSION, tables }).toEqual({ version: 3, tables: 'fc852c34581bbc15' });
});

test('CLI-2: a sandbox file of another version is replaced by one that fits', () => {
  const folder = mkdtempSync(join(tmpdir(), 'fieldlink-sandbox-'));
  const old = openDatabase(folder);
  old.exec('ALTER TABLE users DROP COLUMN welcome_email_on; PRAGMA user_version = 1');
  old.close();
  const fresh = openDatabase(folder);
  const columns = fresh.prepare<[], { name: string }>('PRAGMA table_info(users)').all();
  expect(columns.map(({ name }) => name)).toContain('welcome_email_on');
  fresh.close();
  rmSync(folder, { recursive: true });
});
