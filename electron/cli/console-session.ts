import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { contract, type AppClient } from '../../shared/contract/contract.ts';
import { createClient } from '../../shared/rpc/client.ts';
import type { Refusal } from '../../shared/rpc/outcome.ts';
import { openEngine, type Engine } from '../engine/command-engine.ts';
import { startSandbox } from '../sandbox/sandbox.ts';
import { UsageError, type CommandLine } from './command-line.ts';
import { Refused } from './commands/command.ts';
import type { Terminal } from './terminal.ts';

export type ConsoleSession = {
  readonly client: AppClient;
  readonly engine: Engine;
  /** Lets the engine read this path; returns the grant. */
  grant(path: string): string;
  close(): Promise<void>;
};

/** An engine in this process, on the same folder the app would use, signed in as far as that is possible. */
export async function openConsole(line: CommandLine, terminal: Terminal): Promise<ConsoleSession> {
  const profile = line.profile === null ? defaultProfile() : resolve(line.profile);
  const sandboxDirectory = join(profile, 'sandbox');
  mkdirSync(sandboxDirectory, { recursive: true, mode: 0o700 });
  const sandbox =
    line.cloud === null ? await startSandbox({ directory: sandboxDirectory, port: 0, tenants: 'demo' }) : null;
  const url = cloudUrl(line.cloud ?? sandbox?.url ?? '');
  const directory = join(profile, 'clouds', sandbox ? 'sandbox' : url.host.replaceAll(/[^a-z0-9.-]/giu, '_'));
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const grants = new Map<string, string>();
  try {
    const engine = await openEngine({
      config: {
        directory,
        cloud: { url: url.href, label: url.host, isSandbox: isLoopback(url) },
        isDemoSignIn: sandbox !== null,
        appVersion: '0.1.0',
      },
      randomBytes: (count) => randomBytes(count),
      readerEntry: readerEntry(),
      host: {
        openExternal: (target) => {
          terminal.error(`Sign in with your browser: ${target}\n`);
          return Promise.resolve();
        },
        fileOf: (grant) => grants.get(grant) ?? null,
      },
    });
    const client = createClient(contract, {
      call: async (request, signal) => engine.dispatch(structuredClone(request), signal),
      listen: () => () => undefined,
    });
    await unlock(client);
    await signIn(line, client, terminal);
    return {
      client,
      engine,
      grant(path) {
        const grant = `file-${grants.size + 1}`;
        grants.set(grant, resolve(path));
        return grant;
      },
      async close() {
        await engine.close();
        await sandbox?.close();
      },
    };
  } catch (error) {
    await sandbox?.close();
    throw error;
  }
}

/** A refused sign-in ends the command; an unreachable cloud does not: work on this computer goes on. */
export class SignInRefused extends Error {
  override readonly name = 'SignInRefused';
  readonly refusal: Refusal;
  constructor(refusal: Refusal) {
    super(refusal.message);
    this.refusal = refusal;
  }
}

/** SES-5: a script that is to work on a locked profile is given the PIN. */
async function unlock(client: AppClient): Promise<void> {
  const { isLocked } = await client.session.lockState({});
  if (!isLocked) return;
  const pin = process.env['FIELDLINK_PIN'];
  if (pin === undefined || pin === '') throw new Refused({ code: 'lock.locked', message: 'the profile is locked' });
  const outcome = await client.session.unlock({ pin });
  if (!outcome.ok) throw new Refused(outcome.refusal);
}

async function signIn(line: CommandLine, client: AppClient, terminal: Terminal): Promise<void> {
  const { status } = await client.session.state({});
  if (status === 'signed-in') return;
  const { FIELDLINK_EMAIL: email, FIELDLINK_PASSWORD: password, FIELDLINK_ACCOUNT_NUMBER: accountNumber } = process.env;
  if (!line.isBrowserSignIn && (email === undefined || password === undefined)) return;
  terminal.progress('Signing in …');
  const outcome = line.isBrowserSignIn
    ? await client.session.signInPartner({})
    : await client.session.signInAdmin({ email: email ?? '', password: password ?? '', accountNumber });
  terminal.progress('');
  if (!outcome.ok && outcome.refusal.code !== 'session.unreachable') throw new SignInRefused(outcome.refusal);
}

/** The folder that the app uses, so that both see the same work. */
function defaultProfile(): string {
  if (process.platform === 'win32')
    return join(process.env['APPDATA'] ?? join(homedir(), 'AppData', 'Roaming'), 'fieldlink');
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Application Support', 'fieldlink');
  return join(process.env['XDG_CONFIG_HOME'] ?? join(homedir(), '.config'), 'fieldlink');
}

function cloudUrl(text: string): URL {
  if (!URL.canParse(text))
    throw new UsageError(`--cloud ${text} is not an address. Use https://…, or http:// on this computer only.`);
  const url = new URL(text);
  if (url.protocol !== 'https:' && !isLoopback(url))
    throw new UsageError(`--cloud ${text} is not encrypted. Use https://…; http:// is for this computer only.`);
  return url;
}

function isLoopback({ hostname }: URL): boolean {
  return ['127.0.0.1', 'localhost', '[::1]'].includes(hostname);
}

/** Built: beside the engine's files. From sources: Node runs the TypeScript entry itself. */
function readerEntry(): string {
  const isBuilt = import.meta.url.endsWith('.mjs');
  return fileURLToPath(new URL(isBuilt ? '../engine/reader.mjs' : '../engine/reader.ts', import.meta.url));
}
