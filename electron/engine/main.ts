import { randomBytes } from 'node:crypto';
import { appendFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { toEngine, type EngineStart, type FromEngine } from '../../shared/bridge/host-link.ts';
import { must } from '../../shared/lib/must.ts';
import { servePort, type Port } from '../../shared/rpc/port.ts';
import type { EngineEvent } from '../../shared/rpc/wire.ts';
import { DatabaseFromFuture } from './database/migrate.ts';
import { holdProfile, ProfileInUse } from './database/profile-lock.ts';
import { createEngine, type Engine } from './engine.ts';
import { reportStatus, type StatusReport } from './report-status.ts';
import { systemClock } from './runtime/clock.ts';
import { createHeapTender, systemHeap } from './runtime/heap-tender.ts';
import type { Logger } from './runtime/logger.ts';
import { openParentLink } from './runtime/parent-link.ts';
import type { TokenVault } from './runtime/token-vault.ts';

/** The engine as a process of its own, under Electron's main process (utility process) or a forked Node. */
const parent = must(openParentLink(), 'the engine process is started by the shell');
const pages = new Map<number, { emit: (event: EngineEvent) => void; deliver: (message: unknown) => void }>();
const grants = new Map<string, string>();
const asked = new Map<number, { resolve: (value: string | null) => void; reject: (error: Error) => void }>();
const early: (() => void)[] = [];
/** Enough for a day of edits on a disk that has nothing left (SYNC 3.11). */
const RESERVE_BYTES = 50 * 1024 * 1024;
let lastAsk = 0;
let engine: Engine | null = null;
let report: StatusReport | null = null;
let heap: ReturnType<typeof createHeapTender> | null = null;
let number = 0;

parent.receive((raw, port) => {
  const message = toEngine.parse(raw);
  switch (message.type) {
    case 'start':
      start(message);
      break;
    case 'page-opened':
      openPage(message.page, port);
      break;
    case 'page-message':
      pages.get(message.page)?.deliver(message.message);
      break;
    case 'page-closed':
      pages.delete(message.page);
      break;
    case 'file-granted':
      grants.set(message.grant, message.path);
      break;
    case 'answer': {
      const waiting = asked.get(message.id);
      asked.delete(message.id);
      if (message.error === null) waiting?.resolve(message.value);
      else waiting?.reject(new Error(message.error));
      break;
    }
    case 'power':
      if (message.state === 'resume') engine?.context.scheduler.wake('person');
      else engine?.context.lock.systemLocked();
      break;
    case 'lock':
      engine?.context.lock.lock();
      break;
    case 'idle':
      engine?.context.lock.noteIdle(message.seconds);
      break;
    case 'stop':
      void stop();
      break;
  }
});
process.on('disconnect', () => void stop());

function tell(message: FromEngine): void {
  parent.send(message);
}

type Ask = Extract<FromEngine, { type: 'ask' }>;

function ask(what: Ask['what'], value: string, name: Ask['name'] = 'session'): Promise<string | null> {
  lastAsk += 1;
  const id = lastAsk;
  tell({ type: 'ask', id, what, value, name });
  return new Promise((resolve, reject) => {
    asked.set(id, { resolve, reject });
  });
}

function start(options: EngineStart): void {
  number = options.engine;
  const log = fileLogger(join(options.directory, 'engine.log'));
  const vaultOf = (name: Ask['name']): TokenVault => ({
    isPersistent: options.hasKeychain,
    load: () => ask('load-secret', '', name),
    save: async (secret) => void (await ask('save-secret', secret, name)),
    clear: async () => void (await ask('clear-secret', '', name)),
  });
  try {
    mkdirSync(options.directory, { recursive: true, mode: 0o700 });
    holdProfile(options.directory);
    engine = createEngine({
      config: options,
      clock: systemClock,
      randomBytes: (count) => randomBytes(count),
      random: Math.random,
      fetch: globalThis.fetch,
      vault: vaultOf('session'),
      keyVault: vaultOf('journal-key'),
      host: {
        openExternal: async (url) => void (await ask('open-external', url)),
        fileOf: (grant) => grants.get(grant) ?? null,
        printPdf: async (html) => Buffer.from((await ask('print-pdf', html)) ?? '', 'base64'),
        ...(options.canConfirmPerson
          ? { confirmPerson: async () => (await ask('confirm-person', '')) === 'confirmed' }
          : {}),
      },
      log,
      storage: { reserveBytes: RESERVE_BYTES },
      readerEntry: fileURLToPath(new URL('reader.mjs', import.meta.url)),
      checkpointerEntry: fileURLToPath(new URL('checkpointer.mjs', import.meta.url)),
      emit: (event) => {
        report?.soon();
        heap?.noticed();
        for (const page of pages.values()) page.emit(event);
      },
    });
  } catch (error) {
    tell({ type: 'failed', reason: failureOf(error), message: error instanceof Error ? error.message : String(error) });
    return;
  }
  const running = engine;
  heap = createHeapTender(systemHeap, {
    after: (delayMs, wake) => systemClock.after(delayMs, wake),
    isAtRest: () => !running.context.scheduler.isSyncing(),
  });
  report = reportStatus(running, systemClock, (status) => tell({ type: 'status', ...status }));
  for (const open of early.splice(0)) open();
  tell({ type: 'ready' });
  engine
    .start()
    .catch((error: unknown) => log.write('error', 'start', { stack: String(error) }))
    .finally(() => report?.soon());
}

function failureOf(error: unknown): string {
  if (error instanceof ProfileInUse) return 'profile-in-use';
  return error instanceof DatabaseFromFuture ? 'database-from-future' : 'database-unreadable';
}

/** Page traffic comes by the page's own port where the runtime can hand one over, else through the shell. */
function openPage(page: number, direct: Port | null): void {
  // A page may be there before the databases are open.
  if (!engine) {
    early.push(() => openPage(page, direct));
    return;
  }
  let deliver: (message: unknown) => void = () => undefined;
  const pumped: Port = {
    send: (message) => tell({ type: 'page-message', page, message }),
    receive: (listener) => {
      deliver = listener;
    },
  };
  const emit = servePort(direct ?? pumped, engine.dispatch, number);
  pages.set(page, { emit, deliver });
}

async function stop(): Promise<void> {
  // What waits when the program ends is sent by the next one, whichever workspace that shows.
  report?.now();
  await engine?.close();
  process.exit(0);
}

function fileLogger(path: string): Logger {
  return {
    write(level, event, detail = {}) {
      appendFileSync(path, `${JSON.stringify({ at: new Date().toISOString(), level, event, ...detail })}\n`, {
        mode: 0o600,
      });
    },
  };
}
