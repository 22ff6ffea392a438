import { fork } from 'node:child_process';
import { Worker } from 'node:worker_threads';
import type { ReaderReply, ReaderRequest } from './reader-messages.ts';

const HEAP_MB = 256;
/** Whoever has looked for a file so long is doing something else. */
const SPARE_MS = 120_000;

/** What the reader runs in: a process, or a thread with a heap of its own. */
export type Isolation = 'process' | 'thread';
/** In the packaged app the fuse that lets Electron run as plain Node is off, so there it is a thread. */
const DEFAULT_ISOLATION: Isolation = process.versions['electron'] === undefined ? 'process' : 'thread';

/** Calls back after some time; the function it returns takes that back. */
export type StartTimer = (callback: () => void, delayMs: number) => () => void;

export type ReaderChild = {
  send(request: ReaderRequest): void;
  onReply(listener: (reply: ReaderReply) => void): void;
  onEnd(listener: (detail: string) => void): void;
  kill(): void;
  /** Whether the program waits for it at its end. */
  hold(isHeld: boolean): void;
};

export type ReaderChildren = {
  /** One for one file; nobody else gets it. */
  take(): ReaderChild;
  /** Starts one that waits for its file: starting takes as long as reading 10,000 rows. */
  prepare(): void;
  /** Nothing is read any more. */
  close(): void;
};

export function createReaderChildren(options: {
  readonly entry: string;
  readonly startTimer: StartTimer;
  readonly isolation?: Isolation;
}): ReaderChildren {
  const { entry, startTimer, isolation = DEFAULT_ISOLATION } = options;
  const start = (): ReaderChild => (isolation === 'process' ? startProcess(entry) : startThread(entry));
  let spare: { readonly child: ReaderChild; readonly stopTimer: () => void } | null = null;

  function takeSpare(): ReaderChild | null {
    const taken = spare;
    spare = null;
    taken?.stopTimer();
    return taken?.child ?? null;
  }

  return {
    take() {
      const taken = takeSpare();
      taken?.hold(true);
      return taken ?? start();
    },
    prepare() {
      if (spare !== null) return;
      const child = start();
      child.hold(false);
      child.send({ type: 'prepare' });
      const forget = (): void => {
        if (spare?.child === child) takeSpare()?.kill();
      };
      child.onEnd(forget);
      spare = { child, stopTimer: startTimer(forget, SPARE_MS) };
    },
    close: () => takeSpare()?.kill(),
  };
}

function startProcess(entry: string): ReaderChild {
  const child = fork(entry, [], {
    serialization: 'advanced',
    execArgv: [`--max-old-space-size=${HEAP_MB}`],
    // Nothing of the engine's environment is of use to a parser of hostile files.
    env: {},
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  return {
    send: (request) => {
      child.send(request, () => undefined);
    },
    onReply: (listener) => {
      child.on('message', (message) => listener(message as ReaderReply));
    },
    onEnd: (listener) => {
      child.on('error', (error) => listener(error.message));
      child.on('exit', (code, signal) => listener(signal ?? `exit code ${String(code)}`));
    },
    kill: () => {
      child.kill('SIGKILL');
    },
    hold: (isHeld) => {
      for (const held of [child, child.channel]) {
        if (isHeld) held?.ref();
        else held?.unref();
      }
    },
  };
}

function startThread(entry: string): ReaderChild {
  const worker = new Worker(entry, {
    env: {},
    stdout: true,
    stderr: true,
    resourceLimits: { maxOldGenerationSizeMb: HEAP_MB, maxYoungGenerationSizeMb: 32 },
  });
  return {
    send: (request) => worker.postMessage(request),
    onReply: (listener) => {
      worker.on('message', (message) => listener(message as ReaderReply));
    },
    onEnd: (listener) => {
      worker.on('error', (error) => listener(error instanceof Error ? error.message : 'error'));
      worker.on('exit', (code) => listener(`exit code ${code}`));
    },
    kill: () => {
      void worker.terminate();
    },
    hold: (isHeld) => {
      if (isHeld) worker.ref();
      else worker.unref();
    },
  };
}
