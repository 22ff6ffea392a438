import { createServer, type Server } from 'node:net';
import type { AddressInfo } from 'node:net';

/** What only the way to a server can do. Every request goes through the real network stack and gets its real error. */
export const NETWORK_FAULTS = ['dns-failure', 'refused', 'reset-at-once', 'tls-reset', 'tls-stranger'] as const;
export type NetworkFault = (typeof NETWORK_FAULTS)[number];

export type NetworkFaults = {
  /** The same request on a way that fails like this. */
  fetch(fault: NetworkFault, input: string, init?: RequestInit): Promise<Response>;
  close(): void;
};

export async function openNetworkFaults(): Promise<NetworkFaults> {
  const reset = createServer((socket) => void socket.resetAndDestroy());
  const cut = createServer((socket) => void socket.once('data', () => socket.destroy()));
  const stranger = createServer((socket) => void socket.once('data', () => socket.end('HTTP/1.1 400 No TLS\r\n\r\n')));
  const closed = createServer();
  const [resetPort, cutPort, strangerPort, closedPort] = await Promise.all([reset, cut, stranger, closed].map(listen));
  closed.close();
  const origins: Readonly<Record<NetworkFault, string>> = {
    'dns-failure': 'http://cloud.invalid',
    refused: `http://127.0.0.1:${closedPort}`,
    'reset-at-once': `http://127.0.0.1:${resetPort}`,
    'tls-reset': `https://127.0.0.1:${cutPort}`,
    'tls-stranger': `https://127.0.0.1:${strangerPort}`,
  };
  return {
    fetch(fault, input, init) {
      const { pathname, search } = new URL(input);
      return fetch(origins[fault] + pathname + search, init);
    },
    close() {
      for (const server of [reset, cut, stranger]) server.close();
    },
  };
}

function listen(server: Server): Promise<number> {
  return new Promise((resolve) => {
    server.on('error', () => undefined);
    server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });
}
