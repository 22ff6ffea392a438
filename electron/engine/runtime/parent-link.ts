/** One page's own line, as this process gets it from Electron. */
export type DirectPort = { send(message: unknown): void; receive(listener: (message: unknown) => void): void };

/** The line to the process that started this one: Electron's main process, or whoever forked it. */
export type ParentLink = {
  send(message: unknown): void;
  receive(listener: (message: unknown, port: DirectPort | null) => void): void;
};

type ElectronPort = {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (event: { data: unknown }) => void): void;
  start(): void;
};
type ParentPort = {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (event: { data: unknown; ports?: readonly ElectronPort[] }) => void): void;
};

/** A utility process has `process.parentPort`, a forked Node process has `process.send`; neither is there under the command line. */
export function openParentLink(): ParentLink | null {
  const { parentPort } = process as unknown as { parentPort?: ParentPort };
  if (parentPort) {
    return {
      send: (message) => parentPort.postMessage(message),
      receive: (listener) => parentPort.on('message', ({ data, ports }) => listener(data, directPort(ports?.[0]))),
    };
  }
  if (!process.send) return null;
  return {
    send: (message) => {
      // The parent may be gone in the middle of an answer; the disconnect ends this process.
      if (process.connected) process.send?.(message);
    },
    receive: (listener) => void process.on('message', (message) => listener(message, null)),
  };
}

function directPort(port: ElectronPort | undefined): DirectPort | null {
  if (!port) return null;
  return {
    send: (message) => port.postMessage(message),
    receive: (listener) => {
      port.on('message', ({ data }) => listener(data));
      port.start();
    },
  };
}
