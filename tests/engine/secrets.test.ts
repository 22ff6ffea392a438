import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createJournalBackup } from '../../electron/engine/database/safety/journal-backup.ts';
import type { TokenVault } from '../../electron/engine/runtime/token-vault.ts';
import { startEngine, type TestEngine } from '../harness/start-engine.ts';

const CANARY = 'canary-S1P-passw0rd-7f3a';

/** A keychain: what is saved in it outlives the program, and is not in the profile. */
function aKeychain(): TokenVault {
  let kept: string | null = null;
  return {
    isPersistent: true,
    load: () => Promise.resolve(kept),
    save: (secret) => Promise.resolve(void (kept = secret)),
    clear: () => Promise.resolve(void (kept = null)),
  };
}

function put({ engine }: TestEngine, lid: string, text: string): string {
  const { secrets } = engine.context;
  return engine.repositories.journal.write((tx) => secrets.put(tx, lid, 'sipPassword', text));
}

function filesWith(folder: string, text: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile() && readFileSync(path).includes(text));
}

test('OFF-2 L17: a secret survives a restart, and no file of the profile holds its text', async () => {
  const keyVault = aKeychain();
  const engine = await startEngine({ keyVault });
  expect(put(engine, 'user-1', CANARY)).toBe('kept');
  expect(engine.engine.context.secrets.take('user-1', 'sipPassword')).toEqual({ kind: 'text', text: CANARY });
  const { journal } = engine.engine.repositories;
  await createJournalBackup(journal, engine.directory, () => '2026-11-02T08:00:00.000Z', false).run();
  expect(filesWith(engine.directory, CANARY)).toEqual([]);
  engine.crash();
  // Damaged, so that there is a quarantine and a rescue as well.
  const path = join(engine.directory, 'journal.db');
  const bytes = readFileSync(path);
  writeFileSync(path, bytes.fill(0, 0, 4096));
  const { sandbox, directory } = engine;
  const again = await startEngine({ sandbox, directory, keyVault, seed: 2 });
  expect((await again.client.storage.state({})).rescues).toHaveLength(1);
  expect(again.engine.context.secrets.take('user-1', 'sipPassword')).toEqual({ kind: 'text', text: CANARY });
  expect(filesWith(directory, CANARY)).toEqual([]);
  expect(JSON.stringify(again.log)).not.toContain(CANARY);
});

test('OFF-2 L17: a secret that the cloud has is gone from the file', async () => {
  const engine = await startEngine({ keyVault: aKeychain() });
  put(engine, 'user-1', CANARY);
  const { journal } = engine.engine.repositories;
  const sealed = journal.sql.prepare<[], Buffer>('SELECT ct FROM secret').pluck().get();
  journal.write((tx) => engine.engine.context.secrets.shred(tx, 'user-1'));
  expect(engine.engine.context.secrets.take('user-1', 'sipPassword')).toEqual({ kind: 'missing' });
  await engine.close();
  const journalFile = readFileSync(join(engine.directory, 'journal.db'));
  expect(sealed && journalFile.includes(sealed)).toBe(false);
});

test('OFF-2 L17: without a keychain nothing is written, and after a restart it must be entered again', async () => {
  const engine = await startEngine();
  expect(put(engine, 'user-1', CANARY)).toBe('session-only');
  expect(engine.engine.context.secrets.take('user-1', 'sipPassword')).toEqual({ kind: 'text', text: CANARY });
  expect(filesWith(engine.directory, CANARY)).toEqual([]);
  const again = await engine.restart();
  expect(again.engine.context.secrets.take('user-1', 'sipPassword')).toEqual({ kind: 'missing' });
});

test('OFF-2 L17: under another key, or moved to another record, a secret does not open; everything else works', async () => {
  const keyVault = aKeychain();
  const engine = await startEngine({ keyVault });
  put(engine, 'user-1', CANARY);
  engine.engine.repositories.journal.sql.exec("UPDATE secret SET lid = 'user-2'");
  expect(engine.engine.context.secrets.take('user-2', 'sipPassword')).toEqual({ kind: 'unreadable' });
  put(engine, 'user-1', CANARY);
  const { sandbox, directory } = engine;
  await engine.close();
  const again = await startEngine({ sandbox, directory, keyVault: aKeychain(), seed: 3 });
  expect(again.engine.context.secrets.take('user-1', 'sipPassword')).toEqual({ kind: 'unreadable' });
  expect((await again.client.outbox.list({ accountId: null })).changes).toEqual([]);
});
