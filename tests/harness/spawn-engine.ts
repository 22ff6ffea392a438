import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterEach } from 'vitest';
import { contract, type AppClient } from '../../shared/contract/contract.ts';
import { createClient } from '../../shared/rpc/client.ts';
import { createPortTransport } from '../../shared/rpc/port.ts';
import type { Transport } from '../../shared/rpc/wire.ts';

const ENTRY = fileURLToPath(new URL('engine-process.ts', import.meta.url));
const children = new Set<ChildProcess>();
afterEach(() => {
  for (const child of children) child.kill('SIGKILL');
  children.clear();
});

export type SpawnedEngine = {
  readonly client: AppClient;
  readonly transport: Transport;
  /** SIGKILL: no handler runs, nothing is flushed. */
  kill(): Promise<void>;
};

/** Starts an engine as a process on this folder; resolves when it answers. */
export async function spawnEngine(folder: string, url: string): Promise<SpawnedEngine> {
  const child = fork(ENTRY, [folder, url], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    serialization: 'advanced',
  });
  children.add(child);
  const exited = once(child, 'exit');
  let receive: (message: unknown) => void = () => undefined;
  const hello = Promise.withResolvers<void>();
  const transport = createPortTransport(
    {
      // The process may die between two messages; the exit says so.
      send: (message) => void (child.connected && child.send(message as object, () => undefined)),
      receive: (listener) => {
        receive = listener;
      },
    },
    (engine) => (engine === null ? undefined : hello.resolve()),
  );
  child.on('message', (message) => receive(message));
  child.on('exit', () => {
    receive({ type: 'lost' });
    hello.reject(new Error('the engine process ended before it answered'));
  });
  await hello.promise;
  return {
    client: createClient(contract, transport),
    transport,
    async kill() {
      child.kill('SIGKILL');
      await exited;
      children.delete(child);
    },
  };
}
