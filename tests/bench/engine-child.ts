import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { PROCESS_FLAGS } from '../../shared/bridge/process-flags.ts';
import { contract, type AppClient } from '../../shared/contract/contract.ts';
import { must } from '../../shared/lib/must.ts';
import { createClient } from '../../shared/rpc/client.ts';
import { createPortTransport } from '../../shared/rpc/port.ts';
import type { Transport } from '../../shared/rpc/wire.ts';

export type EngineChild = {
  readonly client: AppClient;
  readonly transport: Transport;
  readonly pid: number;
  /** Resident memory now, and the most it ever was, in MB. */
  memory(): { readonly now: number; readonly peak: number };
  stop(): Promise<void>;
};

/** The engine as the process it is in the product: what is measured goes over its line and waits for its turn like a page's. */
export async function startEngineChild(
  folder: string,
  url: string,
  { entry }: { readonly entry: string },
): Promise<EngineChild> {
  mkdirSync(folder, { recursive: true });
  const child = fork(entry, [folder, url, join(dirname(entry), 'checkpointer.mjs')], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    serialization: 'advanced',
    execArgv: [...PROCESS_FLAGS],
  });
  const hello = Promise.withResolvers<void>();
  let receive: (message: unknown) => void = () => undefined;
  const transport = createPortTransport(
    {
      send: (message) => void (child.connected && child.send(message as object)),
      receive: (listener) => {
        receive = listener;
      },
    },
    (engine) => (engine === null ? undefined : hello.resolve()),
  );
  child.on('message', (message) => receive(message));
  await hello.promise;
  const line = (name: string): number =>
    Number(new RegExp(`${name}:\\s+(\\d+)`, 'u').exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1] ?? 0) /
    1024;
  return {
    client: createClient(contract, transport),
    transport,
    pid: must(child.pid, 'the process has started'),
    memory: () => ({ now: line('VmRSS'), peak: line('VmHWM') }),
    async stop() {
      const gone = once(child, 'exit');
      child.kill('SIGKILL');
      await gone;
    },
  };
}
