import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { cacheDocument } from '../../shared/contract/documents.ts';
import { aCloud, aFolder, runCli } from './run-cli.ts';

test('OFF-5: cache verify finds damage and replaces the file, cache rebuild sets it aside, sync brings it back', async () => {
  const cloud = await aCloud();
  const profile = aFolder();
  const at = ['--cloud', cloud.url, '--profile', profile, '--json'];
  await runCli(['sync', ...at]);
  const sound = await runCli(['cache', 'verify', ...at]);
  expect(sound.exit).toBe(0);
  const { folder, cache } = cacheDocument.parse(JSON.parse(sound.stdout));
  expect(cache).toBe('sound');
  const path = join(folder, 'cache.db');
  const bytes = readFileSync(path);
  writeFileSync(path, bytes.fill(0xa5, Math.floor(bytes.length / 2)));
  const damaged = await runCli(['cache', 'verify', ...at]);
  expect(damaged.exit).toBe(3);
  expect(cacheDocument.parse(JSON.parse(damaged.stdout))).toMatchObject({ cache: 'rescued', journal: 'sound' });
  const rebuilt = await runCli(['cache', 'rebuild', ...at]);
  expect(rebuilt.exit).toBe(0);
  expect(cacheDocument.parse(JSON.parse(rebuilt.stdout)).rescues[0]).toMatchObject({ cause: 'asked-for' });
  const synced = await runCli(['sync', ...at]);
  expect(JSON.parse(synced.stdout)).toMatchObject({ isComplete: true });
  expect((JSON.parse(synced.stdout) as { userCount: number }).userCount).toBeGreaterThan(0);
});
