import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Capabilities } from '../../../shared/cloud/wire.ts';
import type { Fetch } from '../../../electron/engine/remote/cloud-client.ts';
import { startSandbox, type Sandbox } from '../../../electron/sandbox/sandbox.ts';
import { createFastClock } from '../../harness/fast-clock.ts';
import { seededRandom } from '../../harness/seeded-random.ts';
import { judge, traceOf, type Finding } from '../lab/judge.ts';
import { pause } from '../lab/person.ts';
import { createPortal, type Portal } from '../lab/portal.ts';
import { standingOf } from '../lab/standing.ts';
import { startConsole, type Console } from './console.ts';
import { createGate, type Gate } from './gate.ts';
import type { NetworkFaults } from './network-faults.ts';
import type { Variant } from './variants.ts';

const SPEED = 100;
/** What the engine may begin before it has read that it should not. */
const GATE_TOLERANCE_MS = 40 * SPEED;
const DEEDS_PER_WAVE = 12;

export type RoundSetup = {
  readonly seed: number;
  readonly variant: Variant;
  readonly mode: Partial<Capabilities>;
  readonly network: NetworkFaults;
  /** Goes on until so many requests were made. */
  readonly requests: number;
};

export type RoundResult = {
  readonly requests: number;
  readonly hits: number;
  readonly deeds: number;
  readonly findings: readonly Finding[];
  readonly trace: readonly string[];
};

/** Two consoles and the portal at one cloud that fails in one way; then the failing ends and everything is judged. */
export async function runRound(setup: RoundSetup): Promise<RoundResult> {
  const { seed, variant, mode, network } = setup;
  const random = seededRandom(seed);
  const clock = createFastClock(SPEED);
  const folder = mkdtempSync(join(tmpdir(), 'fieldlink-faults-'));
  // Small batches, so that there are many requests.
  const capabilities = mode.batchSize === 0 ? mode : { ...mode, batchSize: 4 };
  const options = { directory: null, port: 0, tenants: 'empty', clock: () => clock.now() } as const;
  const sandbox = await startSandbox({ ...options, settings: { capabilities, seed } });
  const portal = createPortal(sandbox, random);
  portal.settle(14);
  const way = { share: 0, requests: 0, hits: 0 };
  const fetchOf =
    (gate: Gate): Fetch =>
    async (input, init) => {
      const { url } = new Request(input);
      gate.begin(url);
      way.requests += 1;
      const isHit = variant.network !== null && random() < way.share;
      if (isHit) way.hits += 1;
      const answer = await (isHit && variant.network ? network.fetch(variant.network, url, init) : fetch(input, init));
      gate.heard(answer.status, answer.headers);
      return answer;
    };
  const consoles: Console[] = [];
  try {
    for (const [index, name] of ['north', 'south'].entries()) {
      const gate = createGate(clock, GATE_TOLERANCE_MS);
      // Without ETags two who write in the same instant are beyond each other's sight (L7): then each has people of its own.
      const mayEdit = (email: string): boolean => mode.etag !== false || (email.codePointAt(1) ?? 0) % 2 === index;
      const common = { name, sandbox, folder, clock, random, gate, fetch: fetchOf(gate), mayEdit };
      consoles.push(await startConsole({ ...common, code: (seed % 40_000) * 2 + index }));
    }
    await Promise.all(consoles.map((one) => one.settled()));
    way.share = variant.probability;
    sandbox.configure({ faults: [...variant.rules(variant.probability)] });
    while (way.requests < setup.requests) await wave({ consoles, portal, random, setup });
    way.share = 0;
    sandbox.configure({ faults: [] });
    const findings = await judged({ sandbox, portal, consoles });
    const deeds = consoles.flatMap((one) => one.deeds);
    const hits = way.hits + sandbox.oracle.requests().filter(({ fault }) => fault !== '').length;
    const trace = traceOf(findings, deeds, sandbox.oracle.log());
    return { requests: way.requests, hits, deeds: deeds.length, findings, trace };
  } finally {
    for (const one of consoles) await one.close();
    await sandbox.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

type Wave = {
  readonly consoles: readonly Console[];
  readonly portal: Portal;
  readonly random: () => number;
  readonly setup: RoundSetup;
};

/** Some work at every console, while what was asked before is under way. */
async function wave({ consoles, portal, random, setup: { mode, variant } }: Wave): Promise<void> {
  // Nobody can tell that the network delivered a customer twice where there are no keys and two may have the same name.
  const customers = !(mode.idempotencyKey === false && variant.name === 'duplicate delivery');
  for (let deed = 0; deed < DEEDS_PER_WAVE; deed += 1) {
    for (const { person } of consoles) {
      const draw = random();
      if (draw < 0.25) await person.add();
      else if (draw < 0.75) await person.edit();
      else if (draw < 0.83) await person.decide();
      else if (draw < 0.9) await person.upload();
      else if (draw < 0.93 && customers) await person.addCustomer();
    }
    if (random() < 0.3) portal.edit(mode.etag !== false);
    await pause(random() * 15);
  }
  await pause(60);
}

async function judged(world: {
  readonly sandbox: Sandbox;
  readonly portal: Portal;
  readonly consoles: readonly Console[];
}): Promise<readonly Finding[]> {
  const { sandbox, portal, consoles } = world;
  const findings: Finding[] = [];
  for (const { client, gate } of consoles) {
    gate.open();
    await client.sync.now({ accountId: null });
  }
  for (const one of consoles) {
    if (!(await one.settled())) findings.push({ invariant: 'I5', what: `${one.name} does not come to rest` });
  }
  // What the other one sent last is seen by one look more.
  for (const { engine } of consoles) await engine.context.scheduler.once(new AbortController().signal);
  const standings = [];
  for (const { name, engine, client, gate, faults } of consoles) {
    standings.push(await standingOf(name, engine, client));
    findings.push(...gate.broken.map((what) => ({ invariant: 'I10', what: `${name}: ${what}` })));
    findings.push(...faults.map((what) => ({ invariant: 'I5', what: `${name}: ${what}` })));
  }
  const deeds = consoles.flatMap((one) => one.deeds);
  return [...findings, ...judge({ oracle: sandbox.oracle, deeds, standings }), ...portal.judge(deeds)];
}
