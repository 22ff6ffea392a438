import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { servicePath } from '../../../shared/cloud/paths.ts';
import { must } from '../../../shared/lib/must.ts';
import { projectRoot } from './paths.ts';

export type LogEntry = {
  readonly op: string;
  readonly type: string;
  readonly id: string;
  readonly correlationId: string;
  readonly after: Readonly<Record<string, unknown>> | null;
};

/** The sandbox cloud as its own process: it can go away and come back on the same address, with everything it knew. */
export class Cloud {
  readonly #directory: string;
  readonly #tenants: string;
  #port = 0;
  #process: ChildProcess | null = null;

  constructor(directory: string, tenants: 'demo' | 'small') {
    this.#directory = directory;
    this.#tenants = tenants;
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  async start(): Promise<void> {
    const entry = join(projectRoot, 'dist', 'sandbox', 'main.mjs');
    const args = ['--directory', this.#directory, '--port', String(this.#port), '--tenants', this.#tenants];
    const child = spawn(process.execPath, [entry, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
    this.#process = child;
    const [line] = (await once(must(child.stdout, 'stdout is piped'), 'data')) as [Buffer];
    const { url } = JSON.parse(String(line)) as { url: string };
    this.#port = Number(new URL(url).port);
  }

  /** Gone at once, as when a cable is pulled. */
  async stop(): Promise<void> {
    const child = this.#process;
    this.#process = null;
    if (!child || child.exitCode !== null) return;
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    await gone;
  }

  /** Everything that was ever committed. */
  async log(): Promise<readonly LogEntry[]> {
    const response = await fetch(this.url + servicePath('sandbox-control', 'log?after=0'));
    const body = (await response.json()) as { entries?: LogEntry[]; items?: LogEntry[] } | LogEntry[];
    return Array.isArray(body) ? body : (body.entries ?? body.items ?? []);
  }

  async configure(settings: Readonly<Record<string, unknown>>): Promise<void> {
    const headers = { 'content-type': 'application/json' };
    await fetch(this.url + servicePath('sandbox-control', 'settings'), {
      method: 'PUT',
      headers,
      body: JSON.stringify(settings),
    });
  }
}
