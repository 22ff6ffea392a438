import { randomBytes } from 'node:crypto';
import { subscribe } from 'node:diagnostics_channel';
import {
  closeSync,
  existsSync,
  fsyncSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { createEngine, type Engine } from '../../../electron/engine/engine.ts';
import type { Clock } from '../../../electron/engine/runtime/clock.ts';
import { contract } from '../../../shared/contract/contract.ts';
import { createClient } from '../../../shared/rpc/client.ts';
import { openDiary } from '../lab/diary.ts';
import type { Order } from './order.ts';
import { heal } from './heal.ts';
import { sendUpload } from './send-upload.ts';
import { work } from './work.ts';

/** An engine that is going to be killed: works at once, writes down what it was told is kept, and dies where its order says. */
const order = JSON.parse(process.argv[2] ?? '') as Order;
const diary = openDiary(join(order.folder, 'diary'));
armFailpoint(order.failpoint);

const clock: Clock = {
  now: () => Math.round(order.base + (Date.now() - order.base) * order.speed),
  uptime: () => performance.now() * order.speed,
  after(delayMs, wake) {
    const timer = setTimeout(wake, delayMs / order.speed);
    return () => clearTimeout(timer);
  },
};

const engine: Engine = createEngine({
  config: {
    directory: join(order.folder, 'engine'),
    cloud: { url: order.url, label: 'Sandbox', isSandbox: true },
    isDemoSignIn: true,
    appVersion: '0',
  },
  clock,
  randomBytes: (count) => randomBytes(count),
  random: Math.random,
  fetch: globalThis.fetch,
  vault: keychain(join(order.folder, 'keychain')),
  host: { openExternal: () => Promise.resolve(), fileOf: () => null },
  log: { write: (level, event, detail) => diary.note({ fault: { level, event, detail } }) },
  readerEntry: '',
  emit: () => undefined,
});
const client = createClient(contract, {
  call: (request, signal) => engine.dispatch(request, signal),
  listen: () => () => undefined,
});
await engine.start();
const life = { engine, client, diary, order, clock };
if (order.task === 'heal') writeFileSync(join(order.folder, 'standing'), JSON.stringify(await heal(life)));
else if (order.upload) await sendUpload(life, order.upload);
else await work(life);
if (order.task !== 'work') await engine.close();
process.exit(0);

function armFailpoint(failpoint: Order['failpoint']): void {
  if (!failpoint) return;
  let passes = 0;
  const pass = (name: string): void => {
    if (name !== failpoint.name) return;
    passes += 1;
    if (passes === failpoint.pass) die(name);
  };
  Object.assign(globalThis, { failpoint: pass });
  subscribe('undici:request:bodySent', () => pass('request written'));
  subscribe('undici:request:headers', () => pass('response headers read'));
}

function die(name: string): never {
  diary.note({ died: name });
  process.kill(process.pid, 'SIGKILL');
  // The signal may reach another thread first; nothing else runs here.
  for (;;);
}

/** What a keychain promises: the old secret or the new one, never half of it. */
function keychain(path: string) {
  return {
    isPersistent: true,
    load: () => Promise.resolve(existsSync(path) ? readFileSync(path, 'utf8') : null),
    save(secret: string) {
      const file = openSync(`${path}.new`, 'w');
      writeSync(file, secret);
      fsyncSync(file);
      closeSync(file);
      renameSync(`${path}.new`, path);
      return Promise.resolve();
    },
    clear: () => Promise.resolve(rmSync(path, { force: true })),
  };
}
