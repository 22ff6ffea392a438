import type { ChildEvents, ChildProcess } from './child-process.ts';

export type SandboxHost = { readonly url: string; stop(): void };

/** Starts the embedded sandbox cloud and resolves with its address. */
export function startSandbox(launch: (events: ChildEvents) => ChildProcess): Promise<SandboxHost> {
  return new Promise((resolve, reject) => {
    const child = launch({
      message: (message) => {
        const { type, url } = message as { type?: unknown; url?: unknown };
        if (type === 'ready' && typeof url === 'string') resolve({ url, stop: () => child.kill() });
      },
      exit: (code) => reject(new Error(`The sandbox cloud ended with code ${code ?? 'none'} before it was ready.`)),
    });
  });
}
