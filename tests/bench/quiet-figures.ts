import { spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { must } from '../../shared/lib/must.ts';
import type { AccountId } from '../../shared/model/ids.ts';
import { startPaperCloud } from './bench-cloud.ts';
import type { BuiltEngine } from './build-engine-process.ts';
import { startEngineChild, type EngineChild } from './engine-child.ts';
import { byTurns, figure, timeOf, type Figure } from './figures.ts';
import { syncedAccounts, until } from './waiting.ts';

const RTT_MS = 50;
const LOOKS = 10;
const EDITS = 300;
const IDLE_MS = 60_000;

/** What nothing costs: a look that finds nothing, one change, a minute in which nobody does anything (SYNC 5.5). */
export async function quietFigures(folder: string, built: BuiltEngine): Promise<readonly Figure[]> {
  const cloud = await startPaperCloud(2, 100, RTT_MS);
  const home = join(folder, 'quiet');
  const engine = await startEngineChild(home, cloud.url, built);
  try {
    const [one, other] = await syncedAccounts(engine, 2);
    const accounts = [must(one, 'an account'), must(other, 'another account')] as const;
    const looks = await lookFigures({ home, url: cloud.url, engine, accounts });
    const idle = await idleFigures(engine.pid);
    return [...looks, ...(await enqueueFigures(home, engine, accounts[0])), ...idle];
  } finally {
    await engine.stop();
    await cloud.stop();
  }
}

async function lookFigures(at: {
  readonly home: string;
  readonly url: string;
  readonly engine: EngineChild;
  readonly accounts: readonly [AccountId, AccountId];
}): Promise<readonly Figure[]> {
  const { home, url, engine, accounts } = at;
  const { client } = engine;
  const rest = () => until(async () => !(await client.sync.status({ accountId: null })).isSyncing);
  const asked = async () => ((await (await fetch(`${url}/asked`)).json()) as { requests: number }).requests;
  const cache = new Database(join(home, 'engine', 'cache.db'), { readonly: true });
  const commits = () => cache.pragma('data_version', { simple: true }) as number;
  await rest();
  const [firstRequest, firstCommit] = [await asked(), commits()];
  const { samples, floorSamples } = await byTurns(LOOKS, {
    floor: async () => (await fetch(`${url}/admin/changes`)).text(),
    async value() {
      // Opening another account asks for a look.
      await client.users.page({ accountId: accounts[turn % 2] ?? accounts[0], limit: 1 });
      turn += 1;
      while ((await client.sync.status({ accountId: null })).isSyncing) await pause(1);
    },
  });
  const requests = (await asked()) - firstRequest - LOOKS;
  const moved = commits() - firstCommit;
  cache.close();
  const named = { floorSamples: [LOOKS], floorName: 'looks' } as const;
  return [
    figure({ name: 'a look that finds nothing', unit: 'ms', samples, floorName: 'one request', floorSamples }),
    figure({ ...named, name: `requests of ${LOOKS} such looks`, unit: 'requests', samples: [requests] }),
    figure({ ...named, name: `commits of the cache in ${LOOKS} such looks`, unit: 'commits', samples: [moved] }),
  ];
}

let turn = 1;

async function enqueueFigures(home: string, { client }: EngineChild, accountId: AccountId): Promise<readonly Figure[]> {
  await client.sync.setOffline({ offline: true });
  const { rows } = await client.users.page({ accountId, limit: 100 });
  const raw = new Database(join(home, 'raw.db'));
  raw.pragma('journal_mode = WAL');
  raw.pragma('synchronous = FULL');
  raw.exec('CREATE TABLE queue (seq INTEGER PRIMARY KEY, body TEXT)');
  const insert = raw.prepare('INSERT INTO queue (body) VALUES (?)');
  const body = 'x'.repeat(500);
  let edit = 0;
  const sampled = await byTurns(EDITS, {
    floor: () => insert.run(body),
    async value() {
      const { id } = must(rows[edit % rows.length], 'a user');
      edit += 1;
      const outcome = await client.users.edit({ id, changes: { extension: String(20_000 + edit) }, seen: {} });
      if (!outcome.ok) throw new Error(outcome.refusal.code);
    },
  });
  raw.close();
  const named = { unit: 'ms', floorName: 'one commit with fsync of a raw file', ...sampled } as const;
  return [0.5, 0.99].map((quantile) =>
    figure({ ...named, name: `a change is durable, from the asking process, p${quantile * 100}`, quantile }),
  );
}

async function idleFigures(pid: number): Promise<readonly Figure[]> {
  const floor = spawn(process.execPath, ['-e', 'setInterval(() => undefined, 1e9)'], { stdio: 'ignore' });
  await pause(5000);
  const empty = must(floor.pid, 'the process has started');
  const [before, emptyBefore] = [spentBy(pid), spentBy(empty)];
  const minutes = (await timeOf(() => pause(IDLE_MS))) / 60_000;
  const [after, emptyAfter] = [spentBy(pid), spentBy(empty)];
  floor.kill('SIGKILL');
  const line = (name: string, unit: Figure['unit'], of: (from: Spent, to: Spent) => number): Figure =>
    figure({
      ...{ name, unit, samples: [of(before, after)], floorName: 'a process of Node that does nothing' },
      floorSamples: [of(emptyBefore, emptyAfter)],
    });
  return [
    line('engine at rest, one minute', '% of a core', (from, to) => (to.cpuMs - from.cpuMs) / minutes / 600),
    line('engine at rest, one minute', 'wake-ups/min', (from, to) => (to.switches - from.switches) / minutes),
  ];
}

type Spent = { readonly cpuMs: number; readonly switches: number };

function spentBy(pid: number): Spent {
  const threads = readdirSync(`/proc/${pid}/task`);
  const lines = threads.map((thread) => ({
    cpu: readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'utf8').split(' ').map(Number),
    status: readFileSync(`/proc/${pid}/task/${thread}/status`, 'utf8'),
  }));
  const sum = (of: (line: (typeof lines)[number]) => number): number =>
    lines.reduce((total, one) => total + of(one), 0);
  return {
    cpuMs: sum(({ cpu }) => (cpu[0] ?? 0) / 1e6),
    switches: sum(({ status }) => Number(/\nvoluntary_ctxt_switches:\s+(\d+)/u.exec(status)?.[1] ?? 0)),
  };
}
