import { contract, type AppClient } from '../../../shared/contract/contract.ts';
import { createClient } from '../../../shared/rpc/client.ts';
import { createEngine, type Engine } from '../../../electron/engine/engine.ts';
import { createMemoryTransport } from '../../harness/memory-transport.ts';
import { seededBytes, seededRandom } from '../../harness/seeded-random.ts';
import { CLOUD_URL } from './cloud-requests.ts';
import type { RunRecord } from './record-of-run.ts';
import type { ComputerClock } from './virtual-time.ts';
import type { Wire } from './wire.ts';

/** Thrown where the power went, so that the code of the program that is gone goes no further. */
class PowerCut extends Error {
  override readonly name = 'PowerCut';
}

/** One installation on one laptop: the whole engine on real files, through any number of lives. */
export type Program = {
  readonly index: number;
  readonly folder: string;
  readonly clock: ComputerClock;
  /** Null while the program does not run. */
  readonly engine: () => Engine | null;
  client(): AppClient;
  life(): number;
  start(): Promise<void>;
  /** The power goes: nothing is finished, nothing is told. */
  cut(): void;
  /** The power goes right after so many more commits to one of the files. */
  cutAfterCommits(count: number): void;
  /** Closes what a cut has left open. True when the program was cut since it was last asked. */
  bury(): boolean;
  /** How many transactions were written: the mirror may have changed. */
  writes(): number;
};

export function createProgram(options: {
  readonly index: number;
  readonly folder: string;
  readonly clock: ComputerClock;
  readonly seed: number;
  readonly refreshToken: string | null;
  readonly wire: () => Wire;
  readonly run: RunRecord;
}): Program {
  const { index, folder, clock, seed, wire, run } = options;
  let keychain = options.refreshToken;
  let life = 0;
  let writes = 0;
  let fuse = 0;
  let power = { isOn: false };
  let engine: Engine | null = null;
  let client: AppClient | null = null;
  const graves: Engine[] = [];

  /** Every commit may be the last one. */
  function wireFuse(made: Engine, own: { isOn: boolean }): void {
    for (const store of [made.repositories.journal, made.repositories.cache]) {
      const write = Reflect.get(store, 'write') as (work: (tx: never) => unknown) => unknown;
      const fused = (work: (tx: never) => unknown): unknown => {
        if (!own.isOn) throw new PowerCut();
        const result = write(work);
        writes += 1;
        if (fuse > 0 && (fuse -= 1) === 0) {
          cut();
          throw new PowerCut();
        }
        return result;
      };
      Object.assign(store, { write: fused });
    }
  }

  function cut(): void {
    if (!engine) return;
    run.note(`c${index} power cut`);
    run.count('crashes');
    power.isOn = false;
    fuse = 0;
    clock.clear();
    graves.push(engine);
    engine = null;
    wire().cut(index, 'crash');
  }

  return {
    index,
    folder,
    clock,
    engine: () => engine,
    client() {
      if (!client) throw new Error('the program was never started');
      return client;
    },
    life: () => life,
    writes: () => writes,
    cut,
    cutAfterCommits(count) {
      fuse = count;
    },
    bury() {
      const buried = graves.length > 0;
      for (const dead of graves.splice(0)) {
        dead.repositories.cache.sql.close();
        dead.repositories.journal.sql.close();
      }
      return buried;
    },
    async start() {
      life += 1;
      const own = { isOn: true };
      power = own;
      const random = seededRandom(seed * 1000 + index * 100 + life);
      const fetch = wire().fetchOf(index, life);
      let emit: Parameters<typeof createEngine>[0]['emit'] = () => undefined;
      const made = createEngine({
        config: {
          ...{ directory: folder, cloud: { url: CLOUD_URL, label: 'Virtual', isSandbox: true } },
          ...{ isDemoSignIn: false, appVersion: '0.0.0-test' },
        },
        clock: {
          now: () => clock.now(),
          uptime: () => clock.uptime(),
          after: (delay, wake) => (own.isOn ? clock.after(delay, wake) : () => undefined),
        },
        randomBytes: seededBytes(random),
        random,
        fetch: (input, init) => (own.isOn ? fetch(input, init) : new Promise(() => undefined)),
        vault: {
          isPersistent: true,
          load: () => Promise.resolve(keychain),
          save: (secret) => Promise.resolve(own.isOn ? void (keychain = secret) : undefined),
          clear: () => Promise.resolve(own.isOn ? void (keychain = null) : undefined),
        },
        host: { openExternal: () => Promise.resolve(), fileOf: () => null },
        log: {
          write: (level, event, detail) => {
            if (level === 'error' && own.isOn) run.fail('fault', `c${index} ${event}: ${JSON.stringify(detail)}`);
          },
        },
        readerEntry: '',
        // Copies are real input and output; the layers L3 and L10 have them.
        storage: { isTended: false },
        emit: (event) => emit(event),
      });
      engine = made;
      wireFuse(made, own);
      const transport = createMemoryTransport(made.dispatch);
      emit = (event) => transport.emit(event);
      client = createClient(contract, transport);
      run.note(`c${index} starts`);
      await made.start().catch((error: unknown) => {
        if (own.isOn) throw error;
      });
    },
  };
}
