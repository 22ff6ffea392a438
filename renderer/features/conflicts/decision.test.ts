import { expect, test } from 'vitest';
import type { Conflict } from '../../../shared/contract/conflicts.ts';
import {
  companions,
  firstOpen,
  isDecided,
  ownValues,
  questions,
  sameForAll,
  toChoices,
  wasTakenBack,
} from './decision.ts';

const group = (name: string, isDisputed: boolean, [base, mine, theirs]: readonly [string, string | null, string]) => ({
  ...{ group: name, isDisputed },
  fields: [{ field: name, base, mine, theirs }],
});

function conflict(kind: Conflict['kind'], groups: Conflict['groups']): Conflict {
  return {
    ...{ id: '', kind, type: 'user', entityId: '', entityName: 'Ida', accountId: null, accountName: '', groups },
    ...{ mineAt: '', theirsBy: '', theirsAt: null, theirsMark: 'x' },
  } as unknown as Conflict;
}

const both = conflict('both-changed', [
  group('mobile', true, ['1', '2', '3']),
  group('email', true, ['a', 'b', 'c']),
  group('extension', false, ['10', '11', '10']),
  group('role', false, ['USER', 'USER', 'ADMIN']),
  group('name', false, ['A', 'B', 'B']),
]);

test('OFF-3: what is disputed is asked, the rest is told', () => {
  expect(questions(both).map(({ group }) => group)).toEqual(['mobile', 'email']);
  expect(companions(both).map(({ group: { group }, what }) => [group, what])).toEqual([
    ['extension', 'goes-along'],
    ['role', 'stays'],
    ['name', 'same'],
  ]);
});

test('OFF-3: nothing is decided before every question has an answer', () => {
  const mobile = { mobile: { choice: 'mine', values: {} } } as const;
  expect(isDecided(both, mobile)).toBe(false);
  expect(firstOpen(both, mobile)).toBe('email');
  expect(isDecided(both, { ...mobile, email: { choice: 'theirs', values: {} } })).toBe(true);
});

test('OFF-3: typed values are sent where they differ from the cloud’s, else the cloud’s stay', () => {
  const typed = (value: string) => ({ choice: 'edit' as const, values: { mobile: value } });
  const email = { choice: 'theirs' as const, values: {} };
  expect(toChoices(both, { mobile: typed('9'), email })[0]).toEqual({
    group: 'mobile',
    choice: 'edit',
    values: { mobile: '9' },
  });
  expect(toChoices(both, { mobile: typed('3'), email })[0]).toEqual({ group: 'mobile', choice: 'theirs', values: {} });
  expect(questions(both).slice(0, 1).map(ownValues)).toEqual([{ mobile: '2' }]);
});

test('OFF-3: one answer for the whole conflict names what is asked and lets the rest go along', () => {
  expect(sameForAll(both, 'theirs').map(({ group }) => group)).toEqual(['mobile', 'email']);
});

test('OFF-3: a record that one side deleted is one question', () => {
  const gone = conflict('gone-there', [group('mobile', true, ['1', '2', '']), group('email', true, ['a', 'b', ''])]);
  expect(questions(gone)).toHaveLength(1);
  expect(toChoices(gone, { record: { choice: 'theirs', values: {} } }).map(({ choice }) => choice)).toEqual([
    'theirs',
    'theirs',
  ]);
});

test('OFF-3: a deletion whose other side went back still can be given up', () => {
  const deletion = conflict('changed-there', []);
  expect(toChoices(deletion, { record: { choice: 'theirs', values: {} } })).toEqual([
    { group: 'record', choice: 'theirs', values: {} },
  ]);
});

test('OFF-3: a change whose other side went back is asked all the same', () => {
  const back = conflict('needs-confirmation', [group('mobile', false, ['1', '2', '1'])]);
  expect(wasTakenBack(back)).toBe(true);
  expect(questions(back).map(({ group }) => group)).toEqual(['mobile']);
});
