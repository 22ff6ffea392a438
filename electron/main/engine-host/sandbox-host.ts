import { setTimeout as pause } from 'node:timers/promises';
import type { ChildEvents, ChildProcess } from './child-process.ts';

export type SandboxHost = {
  readonly url: string;
  /** Resolves when it is gone: the next start may come at once, and needs its folder. */
  stop(): Promise<void>;
};

const ATTEMPTS = 5;
const PAUSE_MS = 400;
const STOP_PATIENCE_MS = 3000;

/** Starts the embedded sandbox cloud and resolves with its address. The one of a shell that was just killed may still hold the folder. */
export async function startSandbox(launch: (events: ChildEvents) => ChildProcess): Promise<SandboxHost> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await startOnce(launch);
    } catch (error) {
      if (attempt === ATTEMPTS) throw error;
      await pause(PAUSE_MS);
    }
  }
}

function startOnce(launch: (events: ChildEvents) => ChildProcess): Promise<SandboxHost> {
  return new Promise((resolve, reject) => {
    let isGone = false;
    let whenGone: () => void = () => undefined;
    const child = launch({
      message: (message) => {
        const { type, url } = message as { type?: unknown; url?: unknown };
        if (type === 'ready' && typeof url === 'string') resolve({ url, stop });
      },
      exit: (code) => {
        isGone = true;
        whenGone();
        reject(new Error(`The sandbox cloud ended with code ${code ?? 'none'} before it was ready.`));
      },
    });
    function stop(): Promise<void> {
      if (isGone) return Promise.resolve();
      child.kill();
      return Promise.race([
        new Promise<void>((done) => {
          whenGone = done;
        }),
        pause(STOP_PATIENCE_MS),
      ]);
    }
  });
}
