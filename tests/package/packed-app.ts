import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { chromium, type Browser, type Page } from 'playwright';
import { must } from '../../shared/lib/must.ts';

const root = join(import.meta.dirname, '..', '..');
export const appFolder = join(root, 'release', 'linux-unpacked');
export const program = join(appFolder, 'fieldlink');
export const archive = join(appFolder, 'resources', 'app.asar');

/** Packs as `npm run pack` does, and returns what it said. */
export function packApp(): string {
  // Under vitest electron-builder would link files instead of copying them.
  const { VITEST: _vitest, ...environment } = process.env;
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(root, 'electron', 'dev', 'pack.mjs')], {
    ...{ cwd: root, encoding: 'utf8', env: environment },
  });
  if (status !== 0) throw new Error(`npm run pack failed:\n${stdout}${stderr}`);
  return stdout + stderr;
}

export type RunningApp = { readonly process: ChildProcess; readonly browser: Browser; readonly page: Page };

/** Starts the packed program. Its inspector is fused off, so the page is reached through Chromium's own debugging port. */
export async function startPacked(profile: string): Promise<RunningApp> {
  const { FIELDLINK_NODE: _node, ...environment } = process.env;
  const args = [`--profile=${profile}`, '--remote-debugging-port=0', '--disable-gpu'];
  // Chromium refuses to run its sandbox as root.
  if (process.getuid?.() === 0) args.push('--no-sandbox');
  const child = spawn(program, args, { env: environment, stdio: ['ignore', 'ignore', 'pipe'] });
  // Playwright's defaults include downloads, which Electron's protocol does not know.
  const browser = await chromium.connectOverCDP(await debuggingAddress(child), { noDefaults: true });
  const context = must(browser.contexts()[0], 'the app has one session');
  const page = context.pages()[0] ?? (await context.waitForEvent('page'));
  return { process: child, browser, page };
}

function debuggingAddress(child: ChildProcess): Promise<string> {
  const output = must(child.stderr, 'stderr is piped');
  let said = '';
  return new Promise((resolve, reject) => {
    // Read to its end: a program whose output nobody takes stops.
    output.on('data', (chunk: Buffer) => {
      said += String(chunk);
      const address = /DevTools listening on (ws:\S+)/u.exec(said)?.[1];
      if (address !== undefined) resolve(address);
    });
    child.once('exit', () => reject(new Error(`the app ended before its page could be reached:\n${said}`)));
  });
}

/** Starts a virtual display when there is none; returns the function that ends it. */
export async function ensureDisplay(): Promise<() => void> {
  if (process.env['DISPLAY'] !== undefined) return () => undefined;
  const args = ['-displayfd', '3', '-screen', '0', '1920x1080x24', '-nolisten', 'tcp'];
  const server = spawn('Xvfb', args, { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] });
  const [number] = (await once(must(server.stdio[3], 'the number comes here'), 'data')) as [Buffer];
  process.env['DISPLAY'] = `:${String(number).trim()}`;
  return () => {
    delete process.env['DISPLAY'];
    server.kill();
  };
}

/** Ids of the process and of everything it started, from /proc. */
export function familyOf(pid: number): readonly number[] {
  const parents = new Map<number, number>();
  for (const name of readdirSync('/proc').filter((entry) => /^\d+$/u.test(entry))) {
    try {
      const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
      // The program's name, in brackets, may hold anything.
      const [state, parent] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      if (state !== 'Z') parents.set(Number(name), Number(parent));
    } catch {
      continue;
    }
  }
  const family = [pid];
  for (let at = 0; at < family.length; at += 1) {
    for (const [child, parent] of parents) if (parent === family[at]) family.push(child);
  }
  return family.filter((member) => parents.has(member));
}

export function isRunning(pid: number): boolean {
  return familyOf(pid).length > 0;
}
