import { randomBytes } from 'node:crypto';
import { appendFileSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DEMO_PARTNER } from '../../shared/cloud/sandbox-control.ts';
import { servePort } from '../../shared/rpc/port.ts';
import { createEngine } from '../../electron/engine/engine.ts';
import { systemClock } from '../../electron/engine/runtime/clock.ts';
import { createHeapTender, systemHeap } from '../../electron/engine/runtime/heap-tender.ts';
import { queueUpload } from '../harness/queue-upload-in.ts';

/** The engine as a process: `engine-process.ts FOLDER URL CHECKPOINTER`. Talks the contract over its IPC channel, as it does to the shell. */
const [folder = '', url = '', checkpointerEntry = ''] = process.argv.slice(2);
const keychain = join(folder, 'keychain');

const engine = createEngine({
  config: {
    directory: join(folder, 'engine'),
    cloud: { url, label: 'Sandbox', isSandbox: true },
    isDemoSignIn: true,
    appVersion: '0',
  },
  clock: systemClock,
  randomBytes: (count) => randomBytes(count),
  random: Math.random,
  fetch: globalThis.fetch,
  vault: {
    isPersistent: true,
    load: () => Promise.resolve(existsSync(keychain) ? readFileSync(keychain, 'utf8') : null),
    save: (secret) => Promise.resolve(writeFileSync(keychain, secret)),
    clear: () => Promise.resolve(rmSync(keychain, { force: true })),
  },
  host: {
    openExternal: () => Promise.reject(new Error(`no browser for ${DEMO_PARTNER.email}`)),
    fileOf: (grant) => grant,
  },
  log: {
    write: (level, event, detail) =>
      appendFileSync(join(folder, 'log'), `${JSON.stringify({ level, event, detail })}\n`),
  },
  readerEntry: fileURLToPath(new URL('reader.mjs', import.meta.url)),
  checkpointerEntry,
  emit: () => heap.noticed(),
});
const heap = createHeapTender(systemHeap, {
  after: (delayMs, wake) => systemClock.after(delayMs, wake),
  isAtRest: () => !engine.context.scheduler.isSyncing(),
});
await engine.start();

const port = {
  send: (message: unknown) => void process.send?.(message),
  receive: (listener: (message: unknown) => void) => void process.on('message', listener),
};
// Uploads come without a spreadsheet here: one more operation beside the contract's.
servePort(
  port,
  async (request, signal) =>
    request.operation === 'test.queueUpload'
      ? {
          status: 'done',
          output: queueUpload(engine, request.input as { accountId: string; count: number; prefix: string }),
        }
      : engine.dispatch(request, signal),
  process.pid,
);
