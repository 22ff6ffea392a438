import { mkdtempSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createFileWatch } from './file-state.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'fieldlink-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A list that was read, and a watch whose patience ends when the test says so. */
function harness() {
  const path = join(folder, 'people.csv');
  writeFileSync(path, 'EMAIL\nann@harbour.example\n');
  const { size, mtimeMs } = statSync(path);
  const timers = new Set<() => void>();
  const isNewer = createFileWatch((_delayMs, wake) => {
    timers.add(wake);
    return () => void timers.delete(wake);
  });
  const losePatience = (): void => {
    for (const wake of timers) wake();
  };
  return { draft: { path, sizeBytes: size, modifiedMs: mtimeMs }, isNewer, timers, losePatience };
}

test('IMP-6: a file is newer when its size or its time is another one, and not when it was only looked at', async () => {
  const { draft, isNewer, timers } = harness();
  expect(await isNewer(draft)).toBe(false);
  expect(await isNewer({ ...draft, sizeBytes: draft.sizeBytes - 1 })).toBe(true);
  utimesSync(draft.path, new Date(2030, 0), new Date(2030, 0));
  expect(await isNewer(draft)).toBe(true);
  // No look leaves a timer behind.
  expect(timers.size).toBe(0);
});

test('IMP-6: a disk that does not answer in time tells nothing, and what it says afterwards does not count', async () => {
  const { draft, isNewer, timers, losePatience } = harness();
  writeFileSync(draft.path, 'EMAIL\nann@harbour.example\nben@harbour.example\n');
  const answer = isNewer(draft);
  // Before any disk has had the time to answer.
  losePatience();
  expect(await answer).toBe(false);
  expect(timers.size).toBe(0);
  expect(await isNewer(draft)).toBe(true);
});

test('IMP-6: a file that is gone, or a list that never was one, tells nothing', async () => {
  const { draft, isNewer, timers } = harness();
  rmSync(draft.path);
  expect(await isNewer(draft)).toBe(false);
  expect(await isNewer({ ...draft, path: '' })).toBe(false);
  expect(timers.size).toBe(0);
});
