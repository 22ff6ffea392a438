import { mkdirSync } from 'node:fs';
import { once } from 'node:events';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { z } from 'zod';
import {
  conflictsDocument,
  conflictsResolveDocument,
  historyDocument,
  outboxActionDocument,
  outboxShowDocument,
  syncStatusDocument,
} from '../../shared/contract/queue-documents.ts';
import { must } from '../../shared/lib/must.ts';
import { addUser, editUser, elsewhere, freeUsers, serverUser } from '../harness/edits.ts';
import { startEngine, type TestEngine } from '../harness/start-engine.ts';
import { aCloud, aFolder, runCli, startCli } from './run-cli.ts';

/** A profile on which somebody has worked offline: one edit that lost a race, one new user. */
async function aProfile() {
  const sandbox = await aCloud();
  const profile = aFolder();
  const directory = join(profile, 'clouds', new URL(sandbox.url).host.replaceAll(/[^a-z0-9.-]/giu, '_'));
  mkdirSync(directory, { recursive: true });
  const engine = await (await startEngine({ sandbox, directory })).ready();
  const user = must((await freeUsers(engine, 1))[0], 'the tenants have one');
  await engine.setOffline(true);
  await editUser(engine, user.id, { mobile: '+15550101' });
  await addUser(engine, 'Waiting');
  elsewhere(engine, { op: 'replace', id: user.sid, body: { mobile: '+15550202' } });
  await engine.close();
  const args = ['--profile', profile, '--cloud', sandbox.url];
  return { sandbox, engine, user, args, profile };
}

async function json<S extends z.ZodType>(
  schema: S,
  args: readonly string[],
): Promise<{ exit: number | null; document: z.output<S> }> {
  const { exit, stdout, stderr } = await runCli([...args, '--json']);
  if (stdout === '') throw new Error(stderr);
  return { exit, document: schema.parse(JSON.parse(stdout)) };
}

const mobileOf = (engine: TestEngine, sid: string): unknown => serverUser(engine, sid)?.['mobile'];

test('CLI-1: a lost race is listed, shown with its three values, decided and sent; the history tells it', async () => {
  const { engine, user, args } = await aProfile();
  const before = await json(syncStatusDocument, ['sync', 'status', ...args]);
  expect(before.document).toMatchObject({ waitingCount: 2, conflictCount: 0 });
  expect((await runCli(['sync', '--once', ...args])).exit).toBe(3);
  const { exit, document } = await json(conflictsDocument, ['conflicts', 'list', ...args]);
  expect(exit).toBe(3);
  expect(document.conflicts).toMatchObject([
    {
      kind: 'both-changed',
      groups: [{ group: 'mobile', isDisputed: true, fields: [{ mine: '+15550101', theirs: '+15550202' }] }],
    },
  ]);
  const resolved = await json(conflictsResolveDocument, [
    'conflicts',
    'resolve',
    '1',
    '--set',
    'mobile=value:+15550303',
    ...args,
  ]);
  expect(resolved).toMatchObject({ exit: 0, document: { resolvedCount: 1, remainingCount: 0 } });
  expect(mobileOf(engine, user.sid)).toBe('+15550303');
  const history = await json(historyDocument, ['history', '--limit', '20', ...args]);
  expect(history.document.entries.map(({ outcome }) => outcome)).toEqual(
    expect.arrayContaining(['sent', 'decided-mine', 'conflict', 'queued']),
  );
});

test('CLI-1: a change is shown with its attempts, taken back, carried away and brought back', async () => {
  const { args } = await aProfile();
  const listed = await json(outboxShowDocument, ['outbox', 'show', '2', ...args]);
  expect(listed.document.change).toMatchObject({ kind: 'create', name: 'Waiting Newcomer' });
  const file = join(aFolder(), 'queue.json');
  const carried = await json(outboxActionDocument, ['outbox', 'export', file, '--remove', ...args]);
  expect(carried.document).toMatchObject({ command: 'outbox export', count: 2 });
  const empty = await runCli(['outbox', 'export', file, ...args]);
  expect(empty).toMatchObject({ exit: 3, stderr: expect.stringContaining('nothing to export') });
  const back = await json(outboxActionDocument, ['outbox', 'import', file, ...args]);
  expect(back.document).toMatchObject({ count: 2, knownCount: 0 });
  const undone = await json(outboxActionDocument, ['outbox', 'undo', listed.document.change.id, ...args]);
  expect(undone.document.count).toBe(1);
});

test('CLI-1: words that are not understood are answered with what to type', async () => {
  const { args } = await aProfile();
  for (const words of [
    ['outbox', 'show'],
    ['conflicts', 'resolve'],
    ['conflicts', 'resolve', '--all'],
    ['conflicts', 'resolve', '--all', '--keep', 'both'],
    ['history', '--limit', 'many'],
    ['history', '--outcome', 'lost'],
  ]) {
    const { exit, stderr } = await runCli([...words, ...args]);
    expect({ words, exit, stderr }).toMatchObject({ exit: 2, stderr: expect.stringMatching(/.{20,}/u) });
  }
});

test('CLI-1: sync --watch goes on until it is interrupted', async () => {
  const { engine, args } = await aProfile();
  const child = startCli(['sync', '--watch', '--json', ...args]);
  const ended = once(child, 'exit');
  let said = '';
  for await (const chunk of must(child.stdout, 'piped')) {
    said += String(chunk);
    if (said.includes('"waitingCount":0')) break;
  }
  child.kill('SIGINT');
  expect(await ended).toEqual([0, null]);
  expect(engine.sandbox.oracle.log().some(({ op }) => op === 'add')).toBe(true);
});
