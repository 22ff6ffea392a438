import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { createEngine, type Engine } from '../../../electron/engine/engine.ts';
import type { Fetch } from '../../../electron/engine/remote/cloud-client.ts';
import type { Clock } from '../../../electron/engine/runtime/clock.ts';
import { createMemoryVault } from '../../../electron/engine/runtime/token-vault.ts';
import type { Sandbox } from '../../../electron/sandbox/sandbox.ts';
import { contract, type AppClient } from '../../../shared/contract/contract.ts';
import { createClient } from '../../../shared/rpc/client.ts';
import { stuckBehindOthers } from '../../harness/stuck-behind-others.ts';
import type { Deed } from '../lab/deed.ts';
import { createMemoryDiary, type Diary } from '../lab/diary.ts';
import { createPerson, homeOf, pause, type Person } from '../lab/person.ts';
import type { Gate } from './gate.ts';

export type Console = {
  readonly name: string;
  readonly engine: Engine;
  readonly client: AppClient;
  readonly person: Person;
  readonly deeds: readonly Deed[];
  readonly faults: readonly string[];
  readonly gate: Gate;
  /** False when it does not come to rest. */
  settled(): Promise<boolean>;
  close(): Promise<void>;
};

export type ConsoleSetup = {
  readonly name: string;
  readonly sandbox: Sandbox;
  readonly folder: string;
  readonly clock: Clock;
  readonly random: () => number;
  readonly code: number;
  readonly gate: Gate;
  readonly fetch: Fetch;
  readonly mayEdit: (email: string) => boolean;
};

const PATIENCE_MS = 30_000;

/** A whole engine in this process on real files, over real HTTP, signed in. */
export async function startConsole(setup: ConsoleSetup): Promise<Console> {
  const { name, sandbox, folder, clock, random, gate } = setup;
  const faults: string[] = [];
  const deeds: Deed[] = [];
  const diary: Diary = createMemoryDiary(name, deeds);
  const engine = createEngine({
    config: {
      directory: join(folder, name),
      cloud: { url: sandbox.url, label: 'Sandbox', isSandbox: true },
      isDemoSignIn: true,
      appVersion: '0',
    },
    ...{ clock, random, randomBytes: (count) => randomBytes(count), fetch: setup.fetch, vault: createMemoryVault() },
    host: { openExternal: () => Promise.resolve(), fileOf: () => null },
    log: { write: (level, event, detail) => faults.push(JSON.stringify({ level, event, detail })) },
    readerEntry: '',
    emit: () => undefined,
  });
  const client = createClient(contract, {
    call: async (request, signal) => structuredClone(await engine.dispatch(structuredClone(request), signal)),
    listen: () => () => undefined,
  });
  await engine.start();
  const home = await homeOf(client);
  const person = createPerson({ engine, client, diary, code: setup.code, random, home, mayEdit: setup.mayEdit });
  return {
    ...{ name, engine, client, person, deeds, faults, gate },
    async settled() {
      for (let waited = 0; waited < PATIENCE_MS; waited += 5) {
        if (await isSettled(engine, client)) return true;
        await pause(5);
      }
      return false;
    },
    close: () => engine.close(),
  };
}

async function isSettled(engine: Engine, client: AppClient): Promise<boolean> {
  const { waitingCount, isSyncing } = await client.sync.status({ accountId: null });
  const { accounts, cursors } = engine.repositories;
  const unseen = accounts.all().find(({ sid }) => sid !== null && cursors.get(`users:${sid}`).syncedAt === null);
  // An account that came into being meanwhile is fetched when a person opens it, or with the next poll.
  engine.context.scheduler.prefer(unseen?.lid ?? null);
  return waitingCount === stuckBehindOthers(engine).length && !isSyncing && !unseen;
}
