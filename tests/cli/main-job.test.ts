import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { z } from 'zod';
import { describe, expect, it } from 'vitest';
import { openEngine } from '../../electron/engine/command-engine.ts';
import type { Sandbox } from '../../electron/sandbox/sandbox.ts';
import { contract } from '../../shared/contract/contract.ts';
import {
  accountsDocument,
  applyDocument,
  outboxDocument,
  previewDocument,
  syncDocument,
  usersDocument,
} from '../../shared/contract/documents.ts';
import { createClient } from '../../shared/rpc/client.ts';
import { aCloud, aFolder, root, runCli } from './run-cli.ts';

const HARBOUR = '100000002';
const WORKBOOK = join(root, 'tests', 'fixtures', 'imports', 'new-starters.xlsx');
const CSV = join(root, 'tests', 'fixtures', 'imports', 'spaetschicht.csv');
const STARTERS = ['maren.achterberg', 'tomas.iglesias', 'zoe.vandermeer'].map((name) => `${name}@harbour.example`);
const LATE_SHIFT = ['helene.lefevre', 'juergen.grossmann', 'ziga.novak'].map((name) => `${name}@harbour.example`);

/** Runs a command with --json; its exit code and its document, which must be all that stands on standard output. */
async function ask<T>(schema: z.ZodType<T>, args: readonly string[]): Promise<{ exit: number | null; document: T }> {
  const { exit, stdout, stderr } = await runCli([...args, '--json']);
  expect(stderr).toBe('');
  expect(stdout.split('\n')).toHaveLength(2);
  return { exit, document: schema.parse(JSON.parse(stdout)) };
}

function createdEmails(cloud: Sandbox): readonly string[] {
  const created = cloud.oracle.log().filter(({ op, type }) => op === 'add' && type === 'user');
  return created.map(({ after }) => String(after?.['email'])).toSorted();
}

describe('the main job', () => {
  it('CLI-1: imports prepared without a network reach the cloud exactly once, wrong rows stay in the preview', async () => {
    const folder = aFolder();
    const directory = join(folder, 'cloud');
    let cloud = await aCloud({ directory });
    const port = Number(new URL(cloud.url).port);
    const on = ['--profile', join(folder, 'profile'), '--cloud', cloud.url];

    const first = await ask(syncDocument, ['sync', ...on]);
    expect(first).toMatchObject({ exit: 0, document: { connection: 'online', isComplete: true, accountCount: 4 } });

    await cloud.close();

    const { document: accounts } = await ask(accountsDocument, ['accounts', 'list', '--search', 'saltmarsh', ...on]);
    expect(accounts.accounts).toMatchObject([{ accountNumber: HARBOUR, userCount: 40, waitingCount: 0 }]);
    const users = ['users', 'list', '--account', HARBOUR, ...on];
    expect((await ask(usersDocument, users)).document.users).toHaveLength(40);
    const found = await ask(usersDocument, [...users, '--search', 'ada adm']);
    expect(found.document.users).toMatchObject([{ email: 'ada.admin@harbour.example', role: 'ACCOUNT_ADMIN' }]);

    const workbook = await ask(previewDocument, ['import', 'preview', WORKBOOK, '--account', HARBOUR, ...on]);
    expect(workbook).toMatchObject({ exit: 3, document: { format: 'xlsx', rowCount: 4, errorCount: 1 } });
    expect(workbook.document.rows.find(({ issues }) => issues[0]?.code === 'email-invalid')).toMatchObject({
      ...{ row: 4, sourceRow: 5, email: 'rowan.pike(at)harbour.example' },
    });
    const csv = await ask(previewDocument, [
      'import',
      'preview',
      CSV,
      '--account',
      'Saltmarsh Harbour Authority',
      ...on,
    ]);
    expect(csv).toMatchObject({
      exit: 3,
      document: { format: 'csv', encoding: 'windows-1252', delimiter: ';', rowCount: 4, errorCount: 1 },
    });
    expect(csv.document.rows).toEqual([
      { row: 3, sourceRow: 4, email: '', issues: [{ code: 'email-missing', field: 'email', detail: '' }] },
    ]);

    for (const [file, emails] of [
      [WORKBOOK, STARTERS],
      [CSV, LATE_SHIFT],
    ] as const) {
      const applied = await ask(applyDocument, ['import', 'apply', file, '--account', HARBOUR, ...on]);
      expect(applied).toMatchObject({
        exit: 4,
        document: { connection: 'unreachable', reason: 'refused', queuedCount: 3, sentCount: 0, waitingCount: 3 },
      });
      expect(applied.document.items.map(({ email, state }) => `${email} ${state}`).toSorted()).toEqual(
        emails.map((email) => `${email} queued`),
      );
      expect(applied.document.left).toHaveLength(1);
    }
    const waiting = await ask(outboxDocument, ['outbox', 'list', ...on]);
    expect(
      waiting.document.imports.map(({ fileName, waitingCount }) => `${fileName} ${waitingCount}`).toSorted(),
    ).toEqual([...['new-starters.xlsx 3', 'spaetschicht.csv 3']]);
    expect((await ask(usersDocument, users)).document.users).toHaveLength(46);
    expect(await ask(syncDocument, ['sync', ...on])).toMatchObject({
      ...{ exit: 4, document: { connection: 'unreachable', isComplete: false, waitingCount: 6 } },
    });

    cloud = await aCloud({ directory, port });
    expect(createdEmails(cloud)).toEqual([]);
    const back = await ask(syncDocument, ['sync', ...on]);
    expect(back).toMatchObject({ exit: 0, document: { connection: 'online', isComplete: true, waitingCount: 0 } });
    expect(createdEmails(cloud)).toEqual([...STARTERS, ...LATE_SHIFT].toSorted());
    const sent = await ask(outboxDocument, ['outbox', 'list', ...on]);
    expect(sent.document.imports).toMatchObject([
      { waitingCount: 0, sentCount: 3, refusedCount: 0 },
      { waitingCount: 0, sentCount: 3, refusedCount: 0 },
    ]);
    await ask(syncDocument, ['sync', ...on]);
    expect(createdEmails(cloud)).toHaveLength(6);

    expect(await leftInPreview(join(folder, 'profile', 'clouds', `127.0.0.1_${port}`), cloud.url)).toEqual([
      'new-starters.xlsx: rowan.pike(at)harbour.example',
      'spaetschicht.csv: ',
    ]);
  });

  it('CLI-1: an import with the cloud there names the correlation id of every row', async () => {
    const cloud = await aCloud();
    const on = ['--profile', aFolder(), '--cloud', cloud.url];
    await ask(syncDocument, ['sync', ...on]);
    const { exit, document } = await ask(applyDocument, ['import', 'apply', CSV, '--account', HARBOUR, ...on]);
    expect({ exit, ...document }).toMatchObject({ exit: 3, connection: 'online', sentCount: 3, waitingCount: 0 });
    const log = cloud.oracle.log().filter(({ op }) => op === 'add');
    const inCloud = log.map(({ after, correlationId }) => `${String(after?.['email'])} ${correlationId}`);
    expect(document.items.map(({ email, correlationId }) => `${email} ${correlationId}`).toSorted()).toEqual(
      inCloud.toSorted(),
    );
    expect(new Set(document.items.map(({ state }) => state))).toEqual(new Set(['sent']));
  });
});

/** What an engine that starts later finds: `file: e-mail` of every row that was left. */
async function leftInPreview(directory: string, url: string): Promise<readonly string[]> {
  const engine = await openEngine({
    config: { directory, cloud: { url, label: 'sandbox', isSandbox: true }, isDemoSignIn: false, appVersion: '0.1.0' },
    randomBytes: (count) => randomBytes(count),
    readerEntry: join(root, 'dist', 'engine', 'reader.mjs'),
    host: { openExternal: () => Promise.resolve(), fileOf: () => null },
  });
  const { imports } = createClient(contract, { call: engine.dispatch, listen: () => () => undefined });
  const left: string[] = [];
  for (const { id, fileName, state } of (await imports.list({ accountId: null })).imports) {
    expect(state).toBe('preview');
    for (const { values } of (await imports.rows({ id })).rows) left.push(`${fileName}: ${values.email}`);
  }
  await engine.close();
  return left.toSorted();
}
