import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { servicePath } from '../../shared/cloud/paths.ts';
import { DEMO_PARTNER } from '../../shared/cloud/sandbox-control.ts';
import { must } from '../../shared/lib/must.ts';

export const root = join(import.meta.dirname, '..', '..');
/** The account of the demo with 100,000 users. */
export const LARGE_ACCOUNT = '100000015';

export type BenchCloud = { readonly url: string; stop(): Promise<void> };

/** The sandbox cloud as its own process, so that its work is not counted as the console's more than a real cloud's would be. */
export async function startCloud(directory: string): Promise<BenchCloud> {
  const entry = join(root, 'dist', 'sandbox', 'main.mjs');
  const args = [entry, '--directory', directory, '--port', '0', '--tenants', 'demo'];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  return { url: await readyUrl(child), stop: () => stop(child) };
}

/** A cloud of nothing but pages, behind a round trip of so many milliseconds. */
export async function startPaperCloud(accounts: number, usersEach: number, rttMs: number): Promise<BenchCloud> {
  const args = [join(root, 'tests', 'bench', 'paper-cloud.ts'), ...[accounts, usersEach, rttMs].map(String)];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  return { url: await readyUrl(child), stop: () => stop(child) };
}

async function readyUrl(child: ChildProcess): Promise<string> {
  const lines = createInterface({ input: must(child.stdout, 'stdout is piped') });
  const [line] = (await once(lines, 'line')) as [string];
  return (JSON.parse(line) as { url: string }).url;
}

async function stop(child: ChildProcess): Promise<void> {
  const gone = once(child, 'exit');
  child.kill('SIGTERM');
  await gone;
}

/** Fetches every page of every account's users as the console does, and keeps nothing. Returns how many there were. */
export async function fetchEverything(url: string): Promise<number> {
  const form = new URLSearchParams({
    grant_type: 'password',
    username: DEMO_PARTNER.email,
    password: DEMO_PARTNER.password,
  });
  const token = await fetch(url + servicePath('authentication', 'token'), { method: 'POST', body: form });
  const { access_token: accessToken } = (await token.json()) as { access_token: string };
  const headers = { authorization: `Bearer ${accessToken}` };
  const pages = async (first: string): Promise<readonly Page[]> => {
    const all: Page[] = [];
    for (let next: string | undefined = first; next !== undefined;) {
      const page = (await (await fetch(new URL(next, url), { headers })).json()) as Page;
      all.push(page);
      next = page._links?.next;
    }
    return all;
  };
  let count = 0;
  for (const account of (await pages(servicePath('admin', 'accounts?$top=1000'))).flatMap(items)) {
    const path = servicePath('admin', `accounts/${String(account['accountId'])}/users?$top=1000`);
    for (const page of await pages(path)) count += items(page).length;
  }
  return count;
}

type Page = {
  readonly _links?: { readonly next?: string };
  readonly _embedded?: { readonly items: readonly Readonly<Record<string, unknown>>[] };
};

function items(page: Page): readonly Readonly<Record<string, unknown>>[] {
  return page._embedded?.items ?? [];
}
