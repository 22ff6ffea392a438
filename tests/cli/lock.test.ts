import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openEngine } from '../../electron/engine/command-engine.ts';
import { accountsDocument, problemDocument } from '../../shared/contract/documents.ts';
import { aCloud, aFolder, runCli } from './run-cli.ts';

const PIN = 'a quiet harbour';

test('SES-5: a locked profile tells a script nothing unless it is given the PIN', async () => {
  const cloud = await aCloud();
  const profile = aFolder();
  const at = ['--cloud', cloud.url, '--profile', profile, '--json'];
  await runCli(['sync', ...at]);
  const engine = await openEngine({
    config: {
      directory: join(profile, 'clouds', new URL(cloud.url).host.replaceAll(/[^a-z0-9.-]/giu, '_')),
      cloud: { url: cloud.url, label: 'Sandbox', isSandbox: true },
      ...{ isDemoSignIn: false, appVersion: '0.0.0-test' },
    },
    host: { openExternal: () => Promise.resolve(), fileOf: () => null },
    ...{ readerEntry: '', randomBytes: (count: number) => randomBytes(count) },
  });
  await engine.dispatch({ operation: 'session.setPin', input: { pin: PIN, currentPin: null } });
  await engine.close();

  const locked = await runCli(['accounts', 'list', ...at]);
  expect(locked.exit).toBe(3);
  expect(problemDocument.parse(JSON.parse(locked.stdout)).problem).toMatchObject({
    code: 'lock.locked',
    sentence: expect.stringContaining('FIELDLINK_PIN'),
  });
  expect(locked.stdout + locked.stderr).not.toContain('Saltmarsh');
  const wrong = await runCli(['accounts', 'list', ...at], { env: { FIELDLINK_PIN: '0000' } });
  expect([wrong.exit, problemDocument.parse(JSON.parse(wrong.stdout)).problem.code]).toEqual([3, 'lock.wrong-pin']);
  const open = await runCli(['accounts', 'list', ...at], { env: { FIELDLINK_PIN: PIN } });
  expect(open.exit).toBe(0);
  expect(accountsDocument.parse(JSON.parse(open.stdout)).accounts.length).toBeGreaterThan(0);
});
