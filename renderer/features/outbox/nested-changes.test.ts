import { expect, test } from 'vitest';
import { nestedChanges } from './nested-changes.ts';
import type { Change } from './outbox-entry.ts';

function change(id: string, parent: string | null = null): Change {
  return { id, waitsFor: parent === null ? null : { id: parent, name: parent, needsAttention: false } } as Change;
}

test('OFF-2: what waits for another change stands right below it, the rest keeps its order', () => {
  const queue = [change('account'), change('other'), change('user', 'account'), change('edit', 'user'), change('last')];
  expect(nestedChanges(queue).map(({ id, depth }) => `${depth} ${id}`)).toEqual([
    '0 account',
    '1 user',
    '2 edit',
    '0 other',
    '0 last',
  ]);
});

test('OFF-2: a change whose other one is on another page stays where it is', () => {
  expect(nestedChanges([change('user', 'elsewhere'), change('last')]).map(({ id }) => id)).toEqual(['user', 'last']);
});
