import { fork } from 'node:child_process';
import { utilityProcess, type MessagePortMain } from 'electron';
import { PROCESS_FLAGS } from '../../../shared/bridge/process-flags.ts';

/** A process of ours beside the shell. */
export type ChildProcess = {
  send(message: unknown, ports?: readonly MessagePortMain[]): void;
  /** True when ports can be handed over, so that page traffic goes round the shell. */
  readonly takesPorts: boolean;
  kill(): void;
  readonly pid: number | undefined;
};

export type ChildEvents = { message(message: unknown): void; exit(code: number | null): void };

/** Node-API of the engine's database driver; the fallback runtime has an older one. */
const NEEDED_NODE_API = 10;

/**
 * Starts a built entry as utility process or, on the fallback runtime whose Node-API is too old for the database driver, as a forked
 * Node. `nodePath` is that Node; null on a runtime that needs none.
 */
export function startChild(
  entry: string,
  options: {
    readonly name: string;
    readonly args: readonly string[];
    readonly nodePath: string | null;
    readonly environment: NodeJS.ProcessEnv;
  },
  events: ChildEvents,
): ChildProcess {
  const args = [...options.args];
  const env = { ...process.env, ...options.environment };
  if (Number(process.versions['napi'] ?? 0) >= NEEDED_NODE_API) {
    const child = utilityProcess.fork(entry, args, {
      serviceName: options.name,
      env,
      execArgv: [...PROCESS_FLAGS],
      stdio: 'inherit',
    });
    child.on('message', (message: unknown) => events.message(message));
    child.on('exit', (code) => events.exit(code));
    return {
      takesPorts: true,
      pid: child.pid,
      kill: () => void child.kill(),
      send: (message, ports = []) => child.postMessage(message, [...ports]),
    };
  }
  if (options.nodePath === null) throw new Error('This runtime needs a Node 24 beside it, and none was named.');
  const child = fork(entry, args, {
    execPath: options.nodePath,
    execArgv: [...PROCESS_FLAGS],
    serialization: 'advanced',
    env,
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  child.on('message', (message: unknown) => events.message(message));
  child.on('exit', (code) => events.exit(code));
  child.on('error', () => events.exit(null));
  return {
    takesPorts: false,
    pid: child.pid,
    kill: () => void child.kill('SIGTERM'),
    send: (message) => {
      if (child.connected) child.send(message as never, () => undefined);
    },
  };
}
