import { expect, test } from 'vitest';
import { createHeapTender } from './heap-tender.ts';

const MB = 1024 * 1024;

function aHeap() {
  const bytes = { used: 10 * MB, held: 20 * MB };
  const asked: string[] = [];
  const collect = (): void => {
    asked.push('collect');
    bytes.used = Math.min(bytes.used, 15 * MB);
  };
  const release = (): void => {
    asked.push('release');
    bytes.used = Math.min(bytes.used, 15 * MB);
    bytes.held = bytes.used + MB;
  };
  return { heap: { collect, release, bytes: () => ({ ...bytes }) }, bytes, asked };
}

function aTimer() {
  const due: (() => void)[] = [];
  const after = (_delayMs: number, wake: () => void): (() => void) => {
    due.push(wake);
    return () => undefined;
  };
  return { after, pass: () => due.splice(0).forEach((wake) => wake()) };
}

test('SYNC 5.5: while work is under way the heap is collected before it is large, and at rest it is given back once', () => {
  const { heap, bytes, asked } = aHeap();
  let isAtRest = false;
  const { after, pass } = aTimer();
  const tender = createHeapTender(heap, { after, isAtRest: () => isAtRest });
  expect(asked.splice(0)).toEqual(['collect']);
  Object.assign(bytes, { used: 40 * MB, held: 90 * MB });
  tender.noticed();
  expect(asked.splice(0)).toEqual([]);
  Object.assign(bytes, { used: 60 * MB, held: 110 * MB });
  tender.noticed();
  tender.noticed();
  expect(asked.splice(0)).toEqual(['collect']);
  isAtRest = true;
  tender.noticed();
  tender.noticed();
  // Whoever asked for something has the answer by then.
  expect(asked.splice(0)).toEqual([]);
  pass();
  expect(asked.splice(0)).toEqual(['release']);
  tender.noticed();
  pass();
  expect(asked.splice(0)).toEqual([]);
});

test('SYNC 5.5: a heap that is taken into use again meanwhile is not given back', () => {
  const { heap, bytes, asked } = aHeap();
  const { after, pass } = aTimer();
  let isAtRest = true;
  const tender = createHeapTender(heap, { after, isAtRest: () => isAtRest });
  Object.assign(bytes, { used: 12 * MB, held: 110 * MB });
  tender.noticed();
  isAtRest = false;
  pass();
  expect(asked).toEqual(['collect']);
});

test('SYNC 5.5: a heap that is large because it is alive is not searched again and again', () => {
  const { heap, bytes, asked } = aHeap();
  const tender = createHeapTender(
    { ...heap, collect: () => void asked.push('collect') },
    { after: aTimer().after, isAtRest: () => false },
  );
  Object.assign(bytes, { used: 200 * MB, held: 220 * MB });
  for (let turn = 0; turn < 5; turn += 1) tender.noticed();
  expect(asked).toEqual(['collect', 'collect']);
});
