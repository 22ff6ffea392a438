import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { PROCESS_FLAGS } from '../../shared/bridge/process-flags.ts';
import { contract, type AppClient } from '../../shared/contract/contract.ts';
import { must } from '../../shared/lib/must.ts';
import { createClient } from '../../shared/rpc/client.ts';
import { createPortTransport } from '../../shared/rpc/port.ts';
import type { Transport } from '../../shared/rpc/wire.ts';

export type EngineChild = {
  readonly pid: number;
  readonly client: AppClient;
  readonly transport: Transport;
  /** Resident memory now, and the most it ever was, or was since `forgetPeak`, in MB. */
  forgetPeak(): void;
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
    pid: must(child.pid, 'the process has started'),
    client: createClient(contract, transport),
    transport,
    forgetPeak: () => writeFileSync(`/proc/${child.pid}/clear_refs`, '5'),
    memory: () => ({ now: line('VmRSS'), peak: line('VmHWM') }),
    async stop() {
      const gone = once(child, 'exit');
      child.kill('SIGKILL');
      await gone;
    },
  };
}
