import { execFileSync } from 'node:child_process';
import { appendFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createSpreadsheetReader } from '../../electron/engine/imports/reading/spawn-reader.ts';
import type { Isolation } from '../../electron/engine/imports/reading/reader-children.ts';
import type { ReadEnd, SpreadsheetReading } from '../../electron/engine/imports/reading/spawn-reader.ts';
import { READER_ENTRY, withFolder } from './read-file.ts';

/** Records the callback instead of waiting, so that a test says when the time is over. */
function manualTimer() {
  const timer = { fire: (): void => undefined, delayMs: 0, isStopped: false };
  const startTimer = (callback: () => void, delayMs: number): (() => void) => {
    timer.fire = callback;
    timer.delayMs = delayMs;
    return () => {
      timer.isStopped = true;
    };
  };
  return { timer, startTimer };
}

type Part = Partial<SpreadsheetReading> & { readonly path: string };

function read(part: Part, entry = READER_ENTRY, startTimer = manualTimer().startTimer): Promise<ReadEnd> {
  return readIn('process', part, { entry, startTimer });
}

function readIn(
  isolation: Isolation,
  part: Part,
  options: Omit<Parameters<typeof createSpreadsheetReader>[0], 'isolation'>,
): Promise<ReadEnd> {
  return createSpreadsheetReader({ ...options, isolation }).read({
    ...{ choice: {}, onShape: () => undefined, onRows: () => Promise.resolve(null) },
    ...{ signal: new AbortController().signal },
    ...part,
  });
}

const manyRows = (count: number): string =>
  Array.from({ length: count }, (_, row) => `n${row},user${row}@customer.example\n`).join('');

describe('the reader process', () => {
  it('IMP-2: hands over all rows in order, in batches, and only wanted columns', async () => {
    await withFolder(async (folder) => {
      const path = join(folder, 'a.csv');
      writeFileSync(path, manyRows(25_000));
      const sizes: number[] = [];
      const numbers: number[] = [];
      let last: readonly string[] = [];
      const { timer, startTimer } = manualTimer();
      const end = await read(
        {
          path,
          onRows: (rows) => {
            sizes.push(rows.length);
            for (const row of rows) numbers.push(row.number);
            last = rows.at(-1)?.cells ?? [];
            return Promise.resolve(sizes.length === 1 ? [1] : null);
          },
        },
        READER_ENTRY,
        startTimer,
      );
      expect(end).toMatchObject({ ok: true, source: { sha256: expect.stringMatching(/^[0-9a-f]{64}$/u) as string } });
      expect(numbers).toEqual(Array.from({ length: 25_000 }, (_, index) => index + 1));
      expect(Math.max(...sizes)).toBe(1000);
      expect(last).toEqual(['', 'user24999@customer.example']);
      expect(timer).toMatchObject({ delayMs: 60_000, isStopped: true });
    });
  });

  it('IMP-2: waits for the rows to be taken', async () => {
    await withFolder(async (folder) => {
      const path = join(folder, 'a.csv');
      writeFileSync(path, manyRows(20_000));
      let running = 0;
      let most = 0;
      await read({
        path,
        onRows: async () => {
          running += 1;
          most = Math.max(most, running);
          await new Promise((resolve) => setImmediate(resolve));
          running -= 1;
          return null;
        },
      });
      expect(most).toBe(1);
    });
  });

  it('IMP-2: gives up when it is told to, and ends the process', async () => {
    await withFolder(async (folder) => {
      const path = join(folder, 'a.csv');
      writeFileSync(path, manyRows(50_000));
      const abort = new AbortController();
      let batches = 0;
      const end = await read({
        path,
        signal: abort.signal,
        onRows: () => {
          batches += 1;
          abort.abort();
          return Promise.resolve(null);
        },
      });
      expect([end, batches]).toEqual([{ ok: false, refusal: null }, 1]);
      expect(await read({ path, signal: AbortSignal.abort() })).toEqual({ ok: false, refusal: null });
      await expect.poll(childrenOf).toEqual([]);
    });
  });

  it('IMP-2: a process that was started ahead reads one file and no other', async () => {
    await withFolder(async (folder) => {
      const path = join(folder, 'a.csv');
      writeFileSync(path, manyRows(3));
      const { startTimer } = manualTimer();
      const reader = createSpreadsheetReader({ entry: READER_ENTRY, startTimer, isolation: 'process' });
      reader.prepare();
      reader.prepare();
      const [ahead, ...others] = childrenOf();
      expect([typeof ahead, others]).toEqual(['string', []]);
      const numbers: number[] = [];
      const part: SpreadsheetReading = {
        ...{ path, choice: {}, signal: new AbortController().signal, onShape: () => undefined },
        onRows: (rows) => {
          expect(childrenOf()).toEqual([ahead]);
          for (const { number } of rows) numbers.push(number);
          return Promise.resolve(null);
        },
      };
      expect((await reader.read(part)).ok).toBe(true);
      expect(numbers).toEqual([1, 2, 3]);
      await expect.poll(childrenOf).toEqual([]);
      expect((await reader.read({ ...part, onRows: () => Promise.resolve(null) })).ok).toBe(true);
      await expect.poll(childrenOf).toEqual([]);
    });
  });

  it('IMP-2: a process that was started ahead goes when no file comes', async () => {
    const { timer, startTimer } = manualTimer();
    const reader = createSpreadsheetReader({ entry: READER_ENTRY, startTimer, isolation: 'process' });
    reader.prepare();
    expect([childrenOf().length, timer.delayMs]).toEqual([1, 120_000]);
    timer.fire();
    await expect.poll(childrenOf).toEqual([]);
    timer.isStopped = false;
    reader.prepare();
    reader.close();
    // Nothing keeps the program from ending.
    expect(timer.isStopped).toBe(true);
    await expect.poll(childrenOf).toEqual([]);
  });

  it('IMP-2: refuses a file that takes too long', async () => {
    await withFolder(async (folder) => {
      const { timer, startTimer } = manualTimer();
      // Nobody ever writes into the pipe's reader: this program never answers.
      const entry = join(folder, 'stuck.mjs');
      writeFileSync(
        entry,
        'process.on("message", () => { process.send({ type: "shape", shape: {} }); setInterval(() => {}, 1e6); });',
      );
      const ended = read({ path: 'x', onShape: () => timer.fire() }, entry, startTimer);
      expect(await ended).toMatchObject({ ok: false, refusal: { code: 'import.timed-out', details: { limit: 60 } } });
    });
  });

  it.each([
    ['crashes', 'process.on("message", () => { throw new Error("x"); });'],
    ['is killed', 'process.on("message", () => process.kill(process.pid, "SIGKILL"));'],
    [
      'runs out of memory',
      'process.on("message", () => { const all = []; for (;;) all.push(Array.from({ length: 1e5 }, (_, i) => ({ i }))); });',
    ],
    ['cannot be started', 'import "./missing.mjs";'],
  ])('IMP-2: refuses the file when the reader %s', async (_name, program) => {
    await withFolder(async (folder) => {
      const entry = join(folder, 'entry.mjs');
      writeFileSync(entry, program);
      expect(await read({ path: 'x' }, entry)).toMatchObject({ ok: false, refusal: { code: 'import.reader-stopped' } });
    });
  });

  it.each([
    ['grows', (path: string) => appendFileSync(path, 'x,y@customer.example\n'), 'import.file-changed'],
    ['vanishes', (path: string) => rmSync(path), 'import.file-gone'],
  ])('IMP-2: refuses a file that %s while it is read', async (_name, change, code) => {
    await withFolder(async (folder) => {
      const path = join(folder, 'a.csv');
      writeFileSync(path, manyRows(50_000));
      let isFirst = true;
      const end = await read({
        path,
        onRows: () => {
          if (isFirst) change(path);
          isFirst = false;
          return Promise.resolve(null);
        },
      });
      expect(end).toMatchObject({ ok: false, refusal: { code } });
    });
  });

  it('IMP-2: reads in a thread where a process cannot be started, with the same limits', async () => {
    await withFolder(async (folder) => {
      const path = join(folder, 'a.csv');
      writeFileSync(path, manyRows(3000));
      const { startTimer } = manualTimer();
      let count = 0;
      const onRows = (rows: readonly unknown[]): Promise<null> => {
        count += rows.length;
        return Promise.resolve(null);
      };
      expect(await readIn('thread', { path, onRows }, { entry: READER_ENTRY, startTimer })).toMatchObject({ ok: true });
      expect(count).toBe(3000);
      const entry = join(folder, 'entry.mjs');
      writeFileSync(
        entry,
        'import { parentPort } from "node:worker_threads"; parentPort.on("message", () => { const all = []; for (;;) all.push(Array.from({ length: 1e5 }, (_, i) => ({ i }))); });',
      );
      expect(await readIn('thread', { path }, { entry, startTimer })).toMatchObject({
        ok: false,
        refusal: { code: 'import.reader-stopped' },
      });
    });
  });

  it('IMP-2: never waits for a named pipe', async () => {
    await withFolder(async (folder) => {
      const path = join(folder, 'pipe.csv');
      execFileSync('mkfifo', [path]);
      expect(await read({ path })).toMatchObject({ ok: false, refusal: { code: 'import.file-unreadable' } });
    });
  });

  it('IMP-2: passes on what the receiver of the rows throws', async () => {
    await withFolder(async (folder) => {
      const path = join(folder, 'a.csv');
      writeFileSync(path, 'a,b\n');
      await expect(read({ path, onRows: () => Promise.reject(new Error('disk full')) })).rejects.toThrow('disk full');
    });
  });
});

/** Reader processes of this test that are still there. */
function childrenOf(): readonly string[] {
  try {
    return execFileSync('pgrep', ['-P', String(process.pid), '-f', 'reader.ts'], { encoding: 'utf8' })
      .split('\n')
      .filter(Boolean);
  } catch {
    return [];
  }
}
