import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { DEMO_PARTNER } from '../../shared/cloud/sandbox-control.ts';
import { startSandbox } from '../../electron/sandbox/sandbox.ts';
import { aSandbox, aUser, call, harbourId, passwordTokens, tokenOf } from './sandbox-client.ts';

const ENTRY = fileURLToPath(new URL('../../electron/sandbox/main.ts', import.meta.url));
let directory = '';
const children = new Set<ChildProcess>();

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'sandbox-'));
});
afterEach(() => {
  for (const child of children) child.kill('SIGKILL');
  children.clear();
  rmSync(directory, { recursive: true, force: true });
});

function run(args: readonly string[]): ChildProcess {
  const child = spawn(process.execPath, [ENTRY, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  children.add(child);
  return child;
}

async function readyUrl(child: ChildProcess): Promise<string> {
  if (!child.stdout) throw new Error('the process has no output');
  for await (const line of createInterface(child.stdout)) {
    const message = JSON.parse(line) as { type: string; url: string };
    if (message.type === 'ready') return message.url;
  }
  throw new Error('the process ended before it was ready');
}

test('CLI-2: a restart on the same directory and port keeps users, tokens, keys and settings', async () => {
  const first = await aSandbox({ directory });
  const port = Number(new URL(first.url).port);
  const account = harbourId(first);
  const tokens = (await passwordTokens(first, DEMO_PARTNER)).body;
  const post = { method: 'POST', headers: { 'idempotency-key': 'key-1' }, body: aUser('Kept') };
  const path = `accounts/${account}/users`;
  const before = await call(first, path, { ...post, token: String(tokens['access_token']) });
  first.configure({ capabilities: { delta: false }, accessTokenSeconds: 99 });
  const started = performance.now();
  await first.close();
  expect(performance.now() - started).toBeLessThan(1000);

  const second = await aSandbox({ directory, port });
  expect(second.url).toBe(first.url);
  // The client's pooled connections belong to the first server; the next request may still meet one.
  await expect
    .poll(() => call(second, 'status', { service: 'sandbox-control' }).then(({ status }) => status, String))
    .toBe(200);
  const again = await call(second, path, { ...post, token: String(tokens['access_token']) });
  expect(again.body).toEqual(before.body);
  expect(second.oracle.log()).toHaveLength(1);
  expect(second.settings()).toMatchObject({ accessTokenSeconds: 99, capabilities: { delta: false, etag: true } });
  const form = { grant_type: 'refresh_token', refresh_token: String(tokens['refresh_token']) };
  expect((await call(second, 'token', { service: 'authentication', method: 'POST', form })).status).toBe(200);
});

test('CLI-2: closing cuts requests that are still waiting', async () => {
  const sandbox = await aSandbox();
  const token = await tokenOf(sandbox);
  const rule = {
    kind: 'delay',
    probability: 1,
    method: '',
    path: '',
    delayMs: 60_000,
    isRetryAfterDate: false,
  } as const;
  sandbox.configure({ faults: [rule] });
  const waiting = call(sandbox, 'accounts', { token }).then(
    () => 'answered',
    () => 'cut',
  );
  // The control service is not delayed: its answer says that the first request has arrived before it.
  await call(sandbox, 'status', { service: 'sandbox-control' });
  await sandbox.close();
  expect(await waiting).toBe('cut');
});

test('CLI-2: a killed process loses nothing it has answered', async () => {
  const args = ['--directory', directory, '--tenants', 'small', '--port', '0'];
  const child = run(args);
  const killed = { url: await readyUrl(child) } as Awaited<ReturnType<typeof startSandbox>>;
  const token = await tokenOf(killed);
  const accounts = await call(killed, "accounts?$filter=accountNumber eq '100000002'", { token });
  const [harbour] = (accounts.body['_embedded'] as { items: { accountId: string }[] }).items;
  const path = `accounts/${harbour?.accountId ?? ''}/users`;
  for (let number = 0; number < 25; number += 1) {
    expect((await call(killed, path, { method: 'POST', token, body: aUser(`Kill${number}`) })).status).toBe(201);
  }
  child.kill('SIGKILL');
  await once(child, 'exit');
  const sandbox = await aSandbox({ directory });
  expect(sandbox.oracle.log()).toHaveLength(25);
  expect(sandbox.oracle.users(harbourId(sandbox))).toHaveLength(65);
});

test('CLI-2: the process says when it is ready and ends cleanly on SIGTERM', async () => {
  const child = run(['--directory', directory, '--tenants', 'empty']);
  const url = await readyUrl(child);
  expect((await fetch(`${url}/sandbox-capabilities/2026-11-01/capabilities`)).status).toBe(200);
  child.kill('SIGTERM');
  expect(await once(child, 'exit')).toEqual([0, null]);
});

test('CLI-2: a taken port is told in a sentence with exit code 1, wrong arguments with 2', async () => {
  const taken = createServer().listen(0, '127.0.0.1');
  await once(taken, 'listening');
  const port = String((taken.address() as AddressInfo).port);
  const outcome = async (args: readonly string[]): Promise<readonly [string, unknown]> => {
    const child = run(args);
    let said = '';
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      said += text;
    });
    const [code] = (await once(child, 'close')) as [number];
    return [said, code];
  };
  expect(await outcome(['--port', port, '--tenants', 'empty'])).toEqual([
    expect.stringMatching(new RegExp(`^Port ${port} .* is taken`, 'u')),
    1,
  ]);
  expect(await outcome(['--tenants', 'huge'])).toEqual([expect.stringContaining('--tenants'), 2]);
  taken.close();
});

test('CLI-2: two sandboxes cannot share a directory, and the second says so', async () => {
  await aSandbox({ directory });
  await expect(startSandbox({ directory, port: 0, tenants: 'small' })).rejects.toThrow('Another sandbox is using');
});

test('CLI-2: a file that is no database is replaced by fresh tenants', async () => {
  writeFileSync(join(directory, 'sandbox.db'), 'not a database '.repeat(500));
  const sandbox = await aSandbox({ directory });
  expect(sandbox.oracle.accounts()).toHaveLength(4);
});
