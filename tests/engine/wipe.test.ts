import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createMemoryVault, type TokenVault } from '../../electron/engine/runtime/token-vault.ts';
import { markWipe } from '../../electron/engine/database/safety/wipe.ts';
import { aUserOf } from '../harness/builders.ts';
import { startEngine, type TestEngine } from '../harness/start-engine.ts';

/** A person of the cloud whose name is on the disk once the accounts were fetched. */
const NAME = 'Saltmarsh';
const QUEUED = 'Quillfeather';

const aKeychain = (): TokenVault => ({ ...createMemoryVault(), isPersistent: true });

async function withWork(): Promise<TestEngine & { readonly keyVault: TokenVault }> {
  const keyVault = aKeychain();
  const engine = await (await startEngine({ vault: aKeychain(), keyVault })).ready();
  await engine.setOffline(true);
  await engine.client.users.add({ accountId: engine.account(), fields: aUserOf(QUEUED) });
  writeFileSync(join(engine.directory, 'session.sealed'), 'sealed');
  writeFileSync(join(engine.directory, 'engine.log'), `{"who":"${NAME}"}`);
  return Object.assign(engine, { keyVault });
}

function filesWith(directory: string, word: string): readonly string[] {
  return readdirSync(directory, { recursive: true, encoding: 'utf8' }).filter((name) => {
    const path = join(directory, name);
    return statSync(path).isFile() && readFileSync(path).includes(word);
  });
}

test('SES-5: wiping the cache takes every copy of the records; the queue stays and is shown after the next sync', async () => {
  const engine = await withWork();
  await engine.client.storage.rebuildCache({});
  await engine.setOffline(true);
  expect(filesWith(engine.directory, NAME)).not.toEqual([]);
  expect(await engine.client.session.wipe({ what: 'cache', confirm: '' })).toMatchObject({ ok: true });
  const left = filesWith(engine.directory, NAME).filter((name) => !name.startsWith('journal'));
  expect(left).toEqual(['engine.log']);
  expect((await engine.client.accounts.list({ state: 'ACTIVE' })).rows).toEqual([]);
  expect(await engine.client.session.state({})).toMatchObject({
    identity: { name: 'Pat Technician' },
    waitingCount: 1,
  });
  await engine.setOffline(false);
  await engine.settled();
  const { rows } = await engine.client.users.page({
    ...{ accountId: engine.account(), search: QUEUED, offset: 0, limit: 10 },
  });
  expect(rows).toHaveLength(1);
});

test('SES-5: wiping everything needs the word, says what is lost, and leaves nothing readable', async () => {
  const engine = await withWork();
  expect(await engine.client.session.lockState({})).toMatchObject({ unsentCount: 1 });
  expect(await engine.client.session.wipe({ what: 'everything', confirm: 'yes' })).toMatchObject({
    refusal: { code: 'wipe.not-confirmed' },
  });
  const keyBefore = await engine.keyVault.load();
  expect(await engine.client.session.wipe({ what: 'everything', confirm: 'wipe' })).toMatchObject({ ok: true });
  for (const word of [NAME, QUEUED, 'Pat Technician']) expect(filesWith(engine.directory, word)).toEqual([]);
  expect(readdirSync(engine.directory)).not.toContain('session.sealed');
  expect(readdirSync(engine.directory)).not.toContain('backup');
  expect(await engine.vault.load()).toBeNull();
  expect(await engine.keyVault.load()).not.toBe(keyBefore);
  expect(await engine.client.session.state({})).toMatchObject({ status: 'signed-out', identity: null });
  expect(await engine.client.session.lockState({})).toMatchObject({ unsentCount: 0 });
});

test('SES-5: a locked laptop can be wiped as a whole, which takes the PIN; its cache alone cannot', async () => {
  const engine = await withWork();
  await engine.client.session.setPin({ pin: '471100', currentPin: null });
  await engine.client.session.lock({});
  expect(await engine.client.session.wipe({ what: 'cache', confirm: '' })).toMatchObject({
    refusal: { code: 'lock.locked' },
  });
  expect(await engine.client.session.wipe({ what: 'everything', confirm: ' Wipe ' })).toMatchObject({ ok: true });
  expect(await engine.client.session.lockState({})).toMatchObject({ hasPin: false, isLocked: false });
  expect(await (await engine.ready()).client.session.state({})).toMatchObject({ status: 'signed-in' });
});

test('SES-5: a wipe that the power cut short is finished at the next start', async () => {
  const engine = await withWork();
  engine.crash();
  markWipe(engine.directory, 'everything');
  const again = await engine.restart({ vault: engine.vault, keyVault: engine.keyVault });
  for (const word of [NAME, QUEUED]) expect(filesWith(again.directory, word)).toEqual([]);
  expect(await again.vault.load()).toBeNull();
  expect(await again.client.session.state({})).toMatchObject({ status: 'signed-out', identity: null });
  expect(readdirSync(again.directory)).not.toContain('wipe.mark');
});
