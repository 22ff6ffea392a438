import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach } from 'vitest';
import { DEMO_PARTNER } from '../../shared/cloud/sandbox-control.ts';
import { startSandbox, type Sandbox } from '../../electron/sandbox/sandbox.ts';

export const root = join(import.meta.dirname, '..', '..');
export const CLI = join(root, 'dist', 'cli', 'fieldlink.mjs');
export const CREDENTIALS = { FIELDLINK_EMAIL: DEMO_PARTNER.email, FIELDLINK_PASSWORD: DEMO_PARTNER.password };

export type Ended = {
  readonly exit: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** Most memory that any one process of the run ever had, in MB. */
  readonly peakMb: number;
};

export type Run = {
  readonly env?: Readonly<Record<string, string>>;
  /** What comes through the pipe before it. */
  readonly stdin?: string;
  /** Called while the command runs, every few milliseconds, with its process id. */
  readonly watch?: (pid: number) => void;
};

const children = new Set<ChildProcess>();
const folders = new Set<string>();
const sandboxes = new Set<Sandbox>();

afterEach(async () => {
  for (const child of children) child.kill('SIGKILL');
  for (const sandbox of sandboxes) await sandbox.close();
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
  children.clear();
  sandboxes.clear();
  folders.clear();
});

export function aFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'fieldlink-cli-'));
  folders.add(folder);
  return folder;
}

/** A sandbox cloud of four accounts; the same directory and port bring the same cloud back. */
export async function aCloud(options: { readonly directory?: string; readonly port?: number } = {}): Promise<Sandbox> {
  const directory = options.directory ?? null;
  const sandbox = await startSandbox({ directory, port: options.port ?? 0, tenants: 'small' });
  sandboxes.add(sandbox);
  return sandbox;
}

/** The built command line as a process of its own, signed in as the demo technician. */
export function startCli(args: readonly string[], env: Readonly<Record<string, string>> = {}): ChildProcess {
  if (!existsSync(CLI)) throw new Error('dist/cli is missing: run `npm run build` first');
  const child = spawn(process.execPath, [CLI, ...args], {
    cwd: root,
    env: { ...process.env, ...CREDENTIALS, ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  children.add(child);
  return child;
}

export function runCli(args: readonly string[], { env = {}, stdin = '', watch }: Run = {}): Promise<Ended> {
  const child = startCli(args, env);
  child.stdin?.end(stdin);
  const pid = child.pid ?? 0;
  const said = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name]?.setEncoding('utf8').on('data', (text: string) => {
      said[name] += text;
    });
  }
  let peakMb = 0;
  // The high-water mark only rises, so that looking now and then is enough.
  const looking = setInterval(() => {
    for (const member of [pid, ...childrenOf(pid)]) peakMb = Math.max(peakMb, highWaterMb(member));
    watch?.(pid);
  }, 5);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (exit) => {
      clearInterval(looking);
      children.delete(child);
      resolve({ exit, ...said, peakMb });
    });
  });
}

/** Processes that `pid` started and that still run. */
export function childrenOf(pid: number): readonly number[] {
  return readOr(`/proc/${pid}/task/${pid}/children`).trim().split(' ').filter(Boolean).map(Number);
}

/** True when the process has a file of this path open. */
export function hasOpen(pid: number, path: string): boolean {
  try {
    return readdirSync(`/proc/${pid}/fdinfo`).some((fd) => linkOf(`/proc/${pid}/fd/${fd}`) === path);
  } catch {
    return false;
  }
}

function linkOf(path: string): string {
  try {
    return readlinkSync(path);
  } catch {
    return '';
  }
}

function highWaterMb(pid: number): number {
  return Number(/VmHWM:\s+(\d+) kB/u.exec(readOr(`/proc/${pid}/status`))?.[1] ?? 0) / 1024;
}

function readOr(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
