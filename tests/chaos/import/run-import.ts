import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { faultRule } from '../../../shared/cloud/sandbox-control.ts';
import type { Capabilities } from '../../../shared/cloud/wire.ts';
import { startSandbox, type Sandbox } from '../../../electron/sandbox/sandbox.ts';
import { must } from '../../../shared/lib/must.ts';
import { seededRandom } from '../../harness/seeded-random.ts';
import { uploadAddress } from '../../harness/queue-upload-in.ts';
import { FAILPOINTS } from '../kills/failpoints.ts';
import { dieBy, healed, startLife } from '../kills/lives.ts';
import type { Order } from '../kills/order.ts';
import { readDiary } from '../lab/diary.ts';
import { judge, traceOf, type Finding } from '../lab/judge.ts';

const SPEED = 20;
/** Rows that change a user who is there, beside those that make one. */
const CHANGED_SHARE = 0.2;
const KILLS = { least: 10, most: 50 } as const;
/** From its first request of rows on. */
const LIFE_MS = { least: 5, most: 160 } as const;

export type ImportSetup = {
  readonly entry: string;
  readonly folder: string;
  readonly seed: number;
  readonly mode: Partial<Capabilities>;
  readonly rows: number;
};

export type ImportResult = {
  readonly findings: readonly Finding[];
  readonly counts: Readonly<Record<string, number>>;
  readonly trace: readonly string[];
};

/** One import through 10 to 50 kills, 1 % of its operations failing, some answers lost, some rows bad. */
export async function runImport({ entry, folder, seed, mode, rows }: ImportSetup): Promise<ImportResult> {
  const random = seededRandom(seed);
  const base = Date.now();
  const clock = (): number => Math.round(base + (Date.now() - base) * SPEED);
  const sandbox = await startSandbox({
    ...{ directory: null, port: 0, tenants: 'empty', clock },
    settings: { capabilities: mode, seed },
  });
  mkdirSync(folder, { recursive: true });
  const badShare = 0.0002 + random() * 0.0098;
  const badRows = Array.from({ length: rows }, (_, index) => index + 1).filter(() => random() < badShare);
  const changes = Math.ceil(rows * CHANGED_SHARE);
  const upload = { rows, badRows };
  const common = { folder, url: sandbox.url, base, speed: SPEED, seed, upload };
  const kills = KILLS.least + Math.floor(random() * (KILLS.most - KILLS.least));
  const counts = {
    rows,
    changes,
    'bad rows': badRows.length,
    kills: 0,
    'failpoint deaths': 0,
    commits: 0,
    requests: 0,
  };
  const begun = Date.now();
  const writes = (): number =>
    sandbox.oracle.requests().filter(({ target, method }) => method !== 'GET' && target.includes('/users')).length;
  seatUsers(sandbox, changes);
  try {
    // One row a request where there are no batches, so that the share is of requests.
    sandbox.configure({
      faults: [
        faultRule.parse({ kind: 'drop-after-commit', probability: 0.02, path: 'users' }),
        mode.batchSize === 0
          ? faultRule.parse({ kind: 'server-error', probability: 0.01, method: 'POST', path: 'users' })
          : faultRule.parse({ kind: 'operation-errors', share: 0.01 }),
      ],
    });
    for (let life = 1; life <= kills; life += 1) {
      const failpoint = drawFailpoint(random);
      const victim = startLife(entry, { ...common, life, failpoint, task: 'import' });
      const before = writes();
      const lifetime = LIFE_MS.least + random() * (LIFE_MS.most - LIFE_MS.least);
      const death = await dieBy(victim, lifetime, () => writes() > before);
      if (death.startsWith('of itself')) break;
      counts.kills += 1;
      if (death === 'at a failpoint') counts['failpoint deaths'] += 1;
    }
    sandbox.configure({ faults: [] });
    const standing = await healed(entry, { ...common, life: kills + 1, failpoint: null, task: 'heal' });
    counts.commits = sandbox.oracle.log().length;
    counts.requests = sandbox.oracle.requests().length;
    const { deeds } = readDiary(join(folder, 'diary'), 'victim');
    if (typeof standing === 'string') return { findings: [{ invariant: 'I5', what: standing }], counts, trace: [] };
    const findings = [
      ...judge({ oracle: sandbox.oracle, deeds, standings: [standing] }),
      ...judgeRows(rows, new Set(badRows), new Set(standing.stopped.map(({ name }) => name))),
    ];
    return {
      findings,
      counts: { ...counts, milliseconds: Date.now() - begun },
      trace: traceOf(findings, [], sandbox.oracle.log()),
    };
  } finally {
    await sandbox.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

function seatUsers(sandbox: Sandbox, count: number): void {
  const home = must(
    sandbox.oracle.accounts().find(({ accountNumber }) => accountNumber === '100000002'),
    'the account that uploads go to',
  );
  const operations = Array.from({ length: count }, (_, index) => {
    const body = {
      firstName: `Standing${index + 1}`,
      lastName: 'User',
      email: `${index + 1}@standing.example`,
      role: 'USER',
    };
    return { op: 'add' as const, body };
  });
  sandbox.oracle.apply(String(home['accountId']), operations);
}

/** Bad rows are in front of the person, and no other one is. */
function judgeRows(rows: number, bad: ReadonlySet<number>, stopped: ReadonlySet<string>): readonly Finding[] {
  return Array.from({ length: rows }, (_, index) => index + 1).flatMap((row) => {
    const isStopped = stopped.has(uploadAddress('import', row, bad.has(row)));
    if (isStopped === bad.has(row)) return [];
    return [{ invariant: 'I2', what: bad.has(row) ? `bad row ${row} is not shown` : `good row ${row} was refused` }];
  });
}

function drawFailpoint(random: () => number): Order['failpoint'] {
  if (random() < 0.5) return null;
  const places = FAILPOINTS.filter(({ name }) => name.startsWith('rows'));
  const place = places[Math.floor(random() * places.length)];
  return place ? { name: place.name, pass: 1 + Math.floor(random() * 3) } : null;
}
