import { expect, test } from 'vitest';
import { createWindow } from './window.ts';

function aPiece() {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  return { work: () => promise, finish: () => resolve(), fail: (message: string) => reject(new Error(message)) };
}

/** Whether it is over once everything that is ready has had its turn. */
async function isOver(promise: Promise<void>): Promise<boolean> {
  let over = false;
  const mark = (): void => {
    over = true;
  };
  promise.then(mark, mark);
  await new Promise((resolve) => setImmediate(resolve));
  return over;
}

test('IMP-8: pieces of work overlap, and what is under way is counted with its size until it is over', async () => {
  const window = createWindow();
  const [first, second, third] = [aPiece(), aPiece(), aPiece()];
  expect([window.count(), window.size()]).toEqual([0, 0]);
  window.start(100, first.work);
  window.start(20, second.work);
  window.start(3, third.work);
  expect([window.count(), window.size()]).toEqual([3, 123]);

  const next = window.next();
  expect(await isOver(next)).toBe(false);
  second.finish();
  await next;
  expect([window.count(), window.size()]).toEqual([2, 103]);

  const rest = window.drain();
  first.finish();
  expect(await isOver(rest)).toBe(false);
  third.finish();
  await rest;
  expect([window.count(), window.size(), window.hasFailed()]).toEqual([0, 0, false]);
});

test('IMP-8: an error is known at once and thrown after all that was begun is over', async () => {
  const window = createWindow();
  const [first, second, third] = [aPiece(), aPiece(), aPiece()];
  for (const piece of [first, second, third]) window.start(1, piece.work);
  const next = window.next();
  second.fail('the first to fail');
  await expect(next).resolves.toBeUndefined();
  expect([window.hasFailed(), window.count()]).toEqual([true, 2]);

  const rest = window.drain();
  first.fail('the second to fail');
  expect(await isOver(rest)).toBe(false);
  third.finish();
  await expect(rest).rejects.toThrow('the first to fail');
  expect(window.count()).toBe(0);
});

test('IMP-8: with nothing begun there is nothing to wait for', async () => {
  await expect(createWindow().drain()).resolves.toBeUndefined();
});
