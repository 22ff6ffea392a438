import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { holdProfile } from '../../electron/engine/database/profile-lock.ts';
import { accountsDocument, problemDocument, sandboxDocument, syncDocument } from '../../shared/contract/documents.ts';
import { aCloud, aFolder, CLI, CREDENTIALS, runCli, startCli, type Ended } from './run-cli.ts';

/** Nothing listens here: port 1 is never given to a program of a person. */
const NO_CLOUD = 'http://127.0.0.1:1';

function problemOf({ stdout }: Ended): { readonly code: string; readonly sentence: string } {
  return problemDocument.parse(JSON.parse(stdout)).problem;
}

/** The folder in which the command line keeps what it knows of the cloud. */
function cloudFolder(profile: string): string {
  const directory = join(profile, 'clouds', '127.0.0.1_1');
  mkdirSync(directory, { recursive: true });
  return directory;
}

describe('exit codes', () => {
  it('CLI-1: 0 and words on standard output for help', async () => {
    const { exit, stdout, stderr } = await runCli(['--help']);
    expect([exit, stderr]).toEqual([0, '']);
    expect(stdout).toContain('fieldlink <command>');
  });

  it('CLI-1: 2 and the help when nothing is asked', async () => {
    expect(await runCli([])).toMatchObject({
      exit: 2,
      stdout: expect.stringContaining('fieldlink <command>') as string,
    });
  });

  it.each([
    ['an unknown command', ['accounts', 'lst'], 'There is no command “accounts lst”'],
    ['an unknown option', ['sync', '--fast'], '--fast'],
    ['no account', ['users', 'list', '--cloud', NO_CLOUD], 'Say which account'],
    ['no cloud to steer', ['sandbox', 'faults'], 'Say which sandbox cloud'],
    ['an address that is none', ['sync', '--cloud', 'cloud'], 'is not an address'],
    ['a cloud without encryption', ['sync', '--cloud', 'http://cloud.example'], 'is not encrypted'],
  ])('CLI-1: 2 for %s, as a sentence and as a document', async (_name, args, words) => {
    const on = ['--profile', aFolder()];
    expect(await runCli([...args, ...on])).toMatchObject({
      ...{ exit: 2, stdout: '', stderr: expect.stringContaining(words) as string },
    });
    const asJson = await runCli([...args, ...on, '--json']);
    expect(asJson.exit).toBe(2);
    expect(problemOf(asJson)).toMatchObject({ code: 'usage', sentence: expect.stringContaining(words) as string });
  });

  it('CLI-1: 3 for an account that is not there', async () => {
    const args = ['users', 'list', '--account', '999999999', '--cloud', NO_CLOUD, '--profile', aFolder(), '--json'];
    const ended = await runCli(args);
    expect(ended.exit).toBe(3);
    expect(problemOf(ended)).toMatchObject({ code: 'account.not-found' });
  });

  it('CLI-1: 3 for a password that the cloud refuses', async () => {
    const { url } = await aCloud();
    const env = { FIELDLINK_PASSWORD: 'not the password' };
    const ended = await runCli(['sync', '--cloud', url, '--profile', aFolder(), '--json'], { env });
    expect(ended.exit).toBe(3);
    expect(problemOf(ended)).toMatchObject({ code: 'session.wrong-credentials' });
  });

  it('CLI-1: 4 when the cloud cannot be reached', async () => {
    const ended = await runCli(['sync', '--cloud', NO_CLOUD, '--profile', aFolder(), '--json']);
    expect(ended.exit).toBe(4);
    expect(syncDocument.parse(JSON.parse(ended.stdout))).toMatchObject({ reason: 'refused', isComplete: false });
    const steered = await runCli(['sandbox', 'reset', '--cloud', NO_CLOUD, '--json']);
    expect([steered.exit, problemOf(steered).code]).toEqual([4, 'unreachable']);
  });

  it('CLI-1: 1 while another engine works with the profile, 0 when it has let go', async () => {
    const profile = aFolder();
    const args = ['accounts', 'list', '--cloud', NO_CLOUD, '--profile', profile, '--json'];
    const release = holdProfile(cloudFolder(profile));
    const ended = await runCli(args);
    release();
    expect(ended.exit).toBe(1);
    expect(problemOf(ended)).toMatchObject({
      code: 'profile-in-use',
      sentence: expect.stringContaining('--profile') as string,
    });
    expect((await runCli(args)).exit).toBe(0);
  });

  it('CLI-1: 1 for data of a newer version, which is left as it is', async () => {
    const profile = aFolder();
    const path = join(cloudFolder(profile), 'journal.db');
    const future = new Database(path);
    future.pragma('journal_mode = WAL');
    future.pragma('user_version = 99');
    future.close();
    const before = readFileSync(path);
    const ended = await runCli(['outbox', 'list', '--cloud', NO_CLOUD, '--profile', profile, '--json']);
    expect([ended.exit, problemOf(ended).code]).toEqual([1, 'database-from-future']);
    expect(readFileSync(path).equals(before)).toBe(true);
  });

  it('CLI-1: 1 for a fault', async () => {
    const profile = aFolder();
    // A damaged database is rescued; a file in the place of a folder is nothing the program can mend.
    writeFileSync(join(profile, 'clouds'), 'in the way');
    const ended = await runCli(['outbox', 'list', '--cloud', NO_CLOUD, '--profile', profile, '--json']);
    expect([ended.exit, problemOf(ended).code]).toEqual([1, 'fault']);
  });
});

describe('output', () => {
  it('CLI-1: progress goes to a person at a terminal and to nobody else', async () => {
    const { url } = await aCloud();
    const profile = aFolder();
    const args = ['sync', '--cloud', url, '--profile', profile, '--json'];
    expect(await runCli(args)).toMatchObject({ exit: 0, stderr: '' });
    const file = join(profile, 'document.json');
    // script(1) gives the command a terminal; its standard output goes to a file all the same.
    const line = [process.execPath, CLI, ...args].map((word) => `'${word}'`).join(' ');
    const watched = spawn('script', ['-qec', `${line} > '${file}'`, '/dev/null'], {
      env: { ...process.env, ...CREDENTIALS },
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    let seen = '';
    watched.stdout.setEncoding('utf8').on('data', (text: string) => {
      seen += text;
    });
    expect(await once(watched, 'close')).toEqual([0, null]);
    expect(seen).toContain('Talking to the cloud');
    expect(syncDocument.parse(JSON.parse(readFileSync(file, 'utf8'))).accountCount).toBe(4);
  });

  it('CLI-1: without --json the answer is a table', async () => {
    const { url } = await aCloud();
    const on = ['--cloud', url, '--profile', aFolder()];
    expect((await runCli(['sync', ...on])).stdout).toMatch(
      /^In step with the cloud\. 4 accounts, \d+ users; 0 changes wait/u,
    );
    const lines = (await runCli(['accounts', 'list', ...on])).stdout.trimEnd().split('\n');
    expect(lines).toHaveLength(5);
    expect(lines[0]).toMatch(/^NUMBER +NAME +STATE +USERS$/u);
  });

  it('CLI-1: without --cloud works with the embedded sandbox cloud, signed in', async () => {
    const env = { FIELDLINK_EMAIL: '', FIELDLINK_PASSWORD: '' };
    const ended = await runCli(['accounts', 'list', '--profile', aFolder(), '--json'], { env });
    expect(ended).toMatchObject({ exit: 0, stderr: '' });
    expect(accountsDocument.parse(JSON.parse(ended.stdout)).accounts).toEqual([]);
  });
});

describe('sandbox commands', () => {
  it('CLI-2: start says where it listens and ends cleanly; faults are added, listed and cleared', async () => {
    const child = startCli(['sandbox', 'start', '--tenants', 'empty', '--json']);
    let first = '';
    for await (const line of createInterface({ input: child.stdout ?? process.stdin })) {
      first = line;
      break;
    }
    const { url } = sandboxDocument.parse(JSON.parse(first));
    const faults = async (...words: string[]): Promise<unknown> => {
      const { exit, stdout } = await runCli(['sandbox', 'faults', ...words, '--cloud', url, '--json']);
      expect(exit).toBe(0);
      return sandboxDocument.parse(JSON.parse(stdout)).faults;
    };
    expect(await faults('rate-limit', '--retry-after', '7', '--times', '2')).toMatchObject([
      { kind: 'rate-limit', retryAfterSeconds: 7, times: 2 },
    ]);
    expect(await faults()).toHaveLength(1);
    expect(await faults('clear')).toEqual([]);
    expect(await runCli(['sandbox', 'faults', 'fire', '--cloud', url])).toMatchObject({ exit: 2 });
    expect((await runCli(['sandbox', 'reset', '--cloud', url])).exit).toBe(0);
    const ended = once(child, 'exit');
    child.kill('SIGTERM');
    expect(await ended).toEqual([0, null]);
  });
});
