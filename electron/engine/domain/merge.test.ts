import fc from 'fast-check';
import { expect, test } from 'vitest';
import { baseFields, isEqual, mergePatch, type FieldValue, type FieldValues, type MergeRules } from './merge.ts';

const RULES: MergeRules = {
  groups: { address: ['street', 'city', 'zip'] },
  sets: ['contacts'],
  asks: (field, _from, to) => field === 'role' && to === 'c',
};
const FIELDS = ['street', 'city', 'zip', 'phone', 'role', 'contacts'] as const;

const text = fc.constantFrom('', 'a', 'b', 'c');
const value = (field: string): fc.Arbitrary<FieldValue> =>
  field === 'contacts' ? fc.array(text, { maxLength: 2 }) : text;
const record: fc.Arbitrary<FieldValues> = fc.record(Object.fromEntries(FIELDS.map((field) => [field, value(field)])));
const touched = fc.uniqueArray(fc.constantFrom(...FIELDS), { minLength: 1 });

/** A patch made on `base`, with the base of every group it touches. */
function change(base: FieldValues, mine: FieldValues, fields: readonly string[]) {
  const patch = Object.fromEntries(fields.map((field) => [field, mine[field] ?? '']));
  return {
    patch,
    seen: Object.fromEntries(
      baseFields({ patch, seen: base }, RULES, FIELDS).map((field) => [field, base[field] ?? '']),
    ),
  };
}

test('OFF-3 L7: nothing is sent over a value the person did not see', () => {
  fc.assert(
    fc.property(record, record, record, touched, (base, mine, theirs, fields) => {
      const sent = mergePatch(change(base, mine, fields), theirs, RULES).filter(({ verdict }) => verdict === 'send');
      const unseen = sent
        .flatMap((verdict) => verdict.fields)
        .filter((field) => field !== 'contacts' && !isEqual(theirs[field], base[field]));
      expect(unseen).toEqual([]);
    }),
    { numRuns: 2000 },
  );
});

test('OFF-3 L7: without a change over there everything is sent or is so already', () => {
  fc.assert(
    fc.property(record, record, touched, (base, mine, fields) => {
      const verdicts = mergePatch(change(base, mine, fields), base, RULES);
      expect(verdicts.every(({ verdict }) => verdict === 'send' || verdict === 'same')).toBe(true);
    }),
  );
});

test('OFF-3 L7: a merge that was sent is done when it is judged again', () => {
  fc.assert(
    fc.property(record, record, record, touched, (base, mine, theirs, fields) => {
      const queued = change(base, mine, fields);
      const verdicts = mergePatch(queued, theirs, RULES);
      if (verdicts.some(({ verdict }) => verdict === 'conflict' || verdict === 'confirm')) return;
      const after = Object.assign({}, theirs, ...verdicts.map(({ values }) => values)) as FieldValues;
      expect(mergePatch(queued, after, RULES).every(({ verdict }) => verdict === 'same')).toBe(true);
    }),
  );
});

test('OFF-3 L7: every field of the patch is judged exactly once, and no other is sent', () => {
  fc.assert(
    fc.property(record, record, record, touched, (base, mine, theirs, fields) => {
      const judged = mergePatch(change(base, mine, fields), theirs, RULES).flatMap((verdict) => verdict.fields);
      expect(judged.toSorted()).toEqual(fields.toSorted());
    }),
  );
});

test('OFF-3 L7: half an address is not merged with the other half of another', () => {
  const base = { street: 'a', city: 'a', zip: 'a' };
  const verdicts = mergePatch(change(base, { street: 'b' }, ['street']), { street: 'a', city: 'c', zip: 'a' }, RULES);
  expect(verdicts).toEqual([{ group: 'address', fields: ['street'], verdict: 'conflict', values: { street: 'b' } }]);
});

test('OFF-3 L7: what was added and removed here is added to and removed from what is there now', () => {
  const queued = change({ contacts: ['a', 'b'] }, { contacts: ['b', 'c'] }, ['contacts']);
  expect(mergePatch(queued, { contacts: ['a', 'b', 'd'] }, RULES)).toMatchObject([
    { verdict: 'send', values: { contacts: ['b', 'd', 'c'] } },
  ]);
  expect(mergePatch(queued, { contacts: ['b', 'c'] }, RULES)).toMatchObject([{ verdict: 'same' }]);
});

test('OFF-3 L7: no member of a list that was added over there is lost, and none that was removed comes back', () => {
  const list: fc.Arbitrary<string[]> = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd', 'e'), { maxLength: 5 });
  fc.assert(
    fc.property(list, list, list, (base, mine, theirs) => {
      const [verdict] = mergePatch(
        change({ contacts: base }, { contacts: mine }, ['contacts']),
        { contacts: theirs },
        RULES,
      );
      const merged = verdict?.values['contacts'] as readonly string[];
      const expected = ['a', 'b', 'c', 'd', 'e'].filter((one) =>
        base.includes(one) ? mine.includes(one) && theirs.includes(one) : mine.includes(one) || theirs.includes(one),
      );
      expect(merged.toSorted()).toEqual(expected);
    }),
  );
});

test('OFF-3 L7: a value that raises permissions asks whenever anything of the record has moved', () => {
  const base = { street: 'a', city: 'a', zip: 'a', phone: 'a', role: 'a', contacts: [] };
  const raise = change(base, { role: 'c' }, ['role']);
  const other = change(base, { role: 'b' }, ['role']);
  expect(mergePatch(raise, { ...base, phone: 'b' }, RULES)).toMatchObject([{ verdict: 'confirm' }]);
  expect(mergePatch(other, { ...base, phone: 'b' }, RULES)).toMatchObject([{ verdict: 'send' }]);
  expect(mergePatch(raise, base, RULES)).toMatchObject([{ verdict: 'send' }]);
});

test('OFF-3 L7: lists are equal by their members in order', () => {
  expect(isEqual(['a', 'b'], ['a', 'b'])).toBe(true);
  expect(isEqual(['a', 'b'], ['b', 'a'])).toBe(false);
  expect(isEqual([], '')).toBe(false);
  expect(isEqual(undefined, '')).toBe(false);
});
