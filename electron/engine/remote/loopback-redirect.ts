import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export type LoopbackRedirect = {
  readonly redirectUri: string;
  /** The address the browser came back with; null when the wait was given up. */
  wait(signal: AbortSignal): Promise<URL | null>;
  close(): void;
};

const PAGE = (
  title: string,
  text: string,
) => `<!doctype html><html lang="en"><meta charset="utf-8"><title>${title}</title>
<style>body{font:16px/1.5 system-ui,sans-serif;margin:20vh auto;max-width:32rem;padding:0 1rem;color:#1b2733;background:#f6f8fa}
@media(prefers-color-scheme:dark){body{color:#e6edf3;background:#0f1720}}</style><h1>${title}</h1><p>${text}</p></html>`;

/** Waits on a free loopback port for the system browser to come back (RFC 8252, section 7.3). Answers one path only. */
export async function openLoopbackRedirect(): Promise<LoopbackRedirect> {
  const arrived = Promise.withResolvers<URL>();
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', `http://127.0.0.1:${port()}`);
    if (url.pathname !== '/callback') {
      response.writeHead(404).end();
      return;
    }
    const isDenied = url.searchParams.has('error');
    response.writeHead(200, {
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      connection: 'close',
    });
    response.end(
      isDenied
        ? PAGE('Not signed in', 'You can close this page and go back to Fieldlink.')
        : PAGE('Signed in', 'You can close this page and go back to Fieldlink.'),
    );
    arrived.resolve(url);
  });
  const port = (): number => (server.address() as AddressInfo).port;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    redirectUri: `http://127.0.0.1:${port()}/callback`,
    wait: (signal) =>
      new Promise((resolve) => {
        if (signal.aborted) resolve(null);
        signal.addEventListener('abort', () => resolve(null), { once: true });
        void arrived.promise.then(resolve);
      }),
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}
