import { parentPort } from 'node:worker_threads';
import { serveReader } from './imports/reading/serve-reader.ts';
import type { ReaderRequest } from './imports/reading/reader-messages.ts';

// The whole program of the disposable reader: a child process, or a worker thread where Electron cannot be forked.
if (parentPort) {
  const port = parentPort;
  serveReader({ send: (reply) => port.postMessage(reply), receive: (listener) => port.on('message', listener) });
} else {
  process.on('disconnect', () => process.exit(0));
  serveReader({
    send: (reply) => process.send?.(reply),
    receive: (listener) => process.on('message', (message) => listener(message as ReaderRequest)),
  });
}
