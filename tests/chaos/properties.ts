import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  baseFields,
  isEqual,
  mergePatch,
  type FieldValue,
  type FieldValues,
} from '../../electron/engine/domain/merge.ts';
import { upcastPatch, type StoredPatch, type Upcast } from '../../electron/engine/domain/upcast.ts';
import { retryAfterMs } from '../../electron/engine/domain/backoff.ts';
import type { Answer } from '../../electron/engine/remote/answer.ts';
import { entityOf } from '../../electron/engine/sync/entities.ts';
import { settleChange } from '../../electron/engine/sync/settle-change.ts';

type Property = { readonly invariant: string; readonly title: string; readonly property: fc.IRawProperty<unknown> };

const TYPES = ['account', 'user'] as const;
const text = fc.constantFrom('', 'a', 'b', 'c');

type MergeCase = {
  readonly type: (typeof TYPES)[number];
  readonly base: FieldValues;
  readonly mine: FieldValues;
  readonly theirs: FieldValues;
  readonly touched: readonly string[];
};

/** The real types with their real groups: base, mine and theirs differ in a few fields each. */
const mergeCase: fc.Arbitrary<MergeCase> = fc.constantFrom(...TYPES).chain((type) => {
  const { fields } = entityOf(type);
  const value = (field: string): fc.Arbitrary<FieldValue> =>
    field === 'supportContacts' ? fc.array(text, { maxLength: 2 }) : text;
  const record = fc.record(Object.fromEntries(fields.map((field) => [field, value(field)])));
  const touched = fc.uniqueArray(fc.constantFrom(...fields), { minLength: 1, maxLength: 4 });
  return fc.record({ type: fc.constant(type), base: record, mine: record, theirs: record, touched });
});

function changeOf({ type, base, mine, touched }: MergeCase) {
  const patch = Object.fromEntries(touched.map((field) => [field, mine[field] ?? '']));
  const { rules, fields } = entityOf(type);
  const seen = baseFields({ patch, seen: base }, rules, fields).map((field) => [field, base[field] ?? '']);
  return { patch, seen: Object.fromEntries(seen) as FieldValues };
}

/** Merged entry by entry. */
function isList(field: string): boolean {
  return field === 'supportContacts';
}

function judge(one: MergeCase, theirs = one.theirs) {
  return mergePatch(changeOf(one), theirs, entityOf(one.type).rules);
}

/** Fields that are only valid together with this one, itself included. */
function unitOf(type: MergeCase['type'], field: string): readonly string[] {
  return Object.values(entityOf(type).rules.groups).find((group) => group.includes(field)) ?? [field];
}

const status = fc.integer({ min: 400, max: 499 });
const answer = fc.oneof(
  fc.record({ kind: fc.constant('lost'), reason: fc.constantFrom('dns', 'timeout', 'not-json'), message: text }),
  fc.record({
    kind: fc.constant('broken'),
    status: fc.integer({ min: 500, max: 599 }),
    message: text,
    correlationId: text,
  }),
  fc.record({
    ...{ kind: fc.constant('throttled'), status: fc.constantFrom(409, 429, 503), message: text, correlationId: text },
    retryAfterMs: fc.option(fc.nat(3_600_000)),
  }),
  fc.record({ kind: fc.constant('refused'), status, message: text, body: fc.constant(null), correlationId: text }),
  fc.record({ kind: fc.constant('unauthorised'), correlationId: text }),
) as fc.Arbitrary<Answer>;
const kind = fc.constantFrom('create', 'patch', 'delete');
const share = fc.double({ min: 0, max: 0.999, noNaN: true });
const NOW = 1_000_000;

const MERGE: readonly Property[] = [
  {
    invariant: 'I3',
    title: 'nothing is sent over a value the person did not see, nor beside one it belongs to',
    property: fc.property(mergeCase, (one) => {
      for (const { verdict, fields } of judge(one)) {
        if (verdict !== 'send') continue;
        for (const field of fields.flatMap((name) => unitOf(one.type, name)).filter((name) => !isList(name)))
          assert.ok(isEqual(one.theirs[field], one.base[field]), `${field} moved over there`);
      }
    }) as fc.IRawProperty<unknown>,
  },
  {
    invariant: 'I2',
    title: 'what one side alone changed is never a conflict',
    property: fc.property(mergeCase, (one) => {
      assert.ok(judge(one, one.base).every(({ verdict }) => verdict !== 'conflict'));
    }) as fc.IRawProperty<unknown>,
  },
  {
    invariant: 'I3',
    title: 'what both sides changed apart is a conflict',
    property: fc.property(mergeCase, (one) => {
      const verdicts = judge(one);
      for (const field of one.touched.filter((name) => !isList(name))) {
        const moved = !isEqual(one.theirs[field], one.base[field]);
        const apart = !isEqual(one.theirs[field], one.mine[field]);
        if (moved && apart)
          assert.equal(verdicts.find(({ fields }) => fields.includes(field))?.verdict, 'conflict', field);
      }
    }) as fc.IRawProperty<unknown>,
  },
  {
    invariant: 'I1',
    title: 'a merge that was executed is done when it is judged again',
    property: fc.property(mergeCase, (one) => {
      const verdicts = judge(one);
      if (verdicts.some(({ verdict }) => verdict !== 'send' && verdict !== 'same')) return;
      const done = Object.assign({}, one.theirs, ...verdicts.map(({ values }) => values)) as FieldValues;
      assert.ok(judge(one, done).every(({ verdict }) => verdict === 'same'));
    }) as fc.IRawProperty<unknown>,
  },
  {
    invariant: 'I3',
    title:
      'of a list that moved nothing is lost but what the person removed, and nothing comes but what the person added',
    property: fc.property(mergeCase, (one) => {
      const merged = judge(one).find(({ fields }) => fields.some(isList))?.values['supportContacts'];
      if (merged === undefined) return;
      const [base, mine, theirs] = [one.base, one.mine, one.theirs].map(
        (of) => of['supportContacts'] as readonly string[],
      ) as [readonly string[], readonly string[], readonly string[]];
      for (const entry of new Set([...base, ...mine, ...theirs])) {
        const isWanted = mine.includes(entry) && (theirs.includes(entry) || !base.includes(entry));
        const isKept = theirs.includes(entry) && !base.includes(entry);
        assert.equal(merged.includes(entry), isWanted || isKept, entry);
      }
    }) as fc.IRawProperty<unknown>,
  },
  {
    invariant: 'I2',
    title: 'every field of a change is judged exactly once',
    property: fc.property(mergeCase, (one) => {
      const judged = judge(one).flatMap(({ fields }) => fields);
      assert.deepEqual(judged.toSorted(), [...one.touched].toSorted());
    }) as fc.IRawProperty<unknown>,
  },
];

const ANSWERS: readonly Property[] = [
  {
    invariant: 'I2',
    title: 'no answer but a yes ends a change',
    property: fc.property(kind, fc.nat(1000), answer, share, (what, attempts, given, random) => {
      const isGone = given.kind === 'refused' && (given.status === 404 || given.status === 410);
      const ended = settleChange({ kind: what, attempts }, given, NOW, random).kind === 'acknowledged';
      assert.equal(ended, what === 'delete' && isGone);
    }) as fc.IRawProperty<unknown>,
  },
  {
    invariant: 'I10',
    title: 'what goes again has a time in the future, and not before the time that was asked for',
    property: fc.property(kind, fc.nat(1000), answer, share, (what, attempts, given, random) => {
      const settled = settleChange({ kind: what, attempts }, given, NOW, random);
      if (settled.kind !== 'again') return;
      const least = given.kind === 'throttled' ? (given.retryAfterMs ?? 200) : 200;
      assert.ok(settled.nextAt >= NOW + least, `${settled.nextAt} for ${least}`);
    }) as fc.IRawProperty<unknown>,
  },
  {
    invariant: 'I1',
    title: 'after a 5xx or no answer the fate is unknown, and only then',
    property: fc.property(kind, answer, share, (what, given, random) => {
      const settled = settleChange({ kind: what, attempts: 1 }, given, NOW, random);
      const isUnknown = settled.kind === 'again' && settled.state === 'unknown';
      assert.equal(isUnknown, given.kind === 'lost' || given.kind === 'broken');
    }) as fc.IRawProperty<unknown>,
  },
  {
    invariant: 'I5',
    title: 'nothing but a refusal puts a change in front of a person',
    property: fc.property(kind, fc.nat(1000), answer, share, (what, attempts, given, random) => {
      const settled = settleChange({ kind: what, attempts }, given, NOW, random);
      if (given.kind !== 'refused') assert.equal(settled.kind, 'again');
    }) as fc.IRawProperty<unknown>,
  },
  {
    invariant: 'I3',
    title:
      'a record that moved is merged, never refused and never sent again as it is; what is not there yet goes again',
    property: fc.property(kind, share, (what, random) => {
      const moved: Answer = { kind: 'refused', status: 412, message: '', body: null, correlationId: '' };
      const expected = what === 'create' ? 'again' : 'merge';
      assert.equal(settleChange({ kind: what, attempts: 1 }, moved, NOW, random).kind, expected);
    }) as fc.IRawProperty<unknown>,
  },
  {
    invariant: 'I10',
    title: 'Retry-After is a floor, in seconds and as a date',
    property: fc.property(fc.integer({ min: 0, max: 3600 }), fc.nat(1_000_000), share, (seconds, at, random) => {
      const now = new Date(1_700_000_000_000 + at * 1000);
      const then = new Date(now.getTime() + seconds * 1000).toUTCString();
      for (const header of [String(seconds), then]) {
        const wait = retryAfterMs(header, now.toUTCString(), random) ?? -1;
        assert.ok(wait >= Math.min(seconds * 1000, 3_600_000) && wait <= 3_600_000, `${header}: ${wait}`);
      }
    }) as fc.IRawProperty<unknown>,
  },
];

const renamed: Upcast = (old) => ({ ...old, patch: { mobile: old.patch['phone'] ?? '' } });
const grouped: Upcast = (old) => ({ ...old, seen: { ...old.seen, role: 'USER' } });
const upper: Upcast = (old) => ({ ...old, patch: { ...old.patch, kind: 'new' } });
const STEPS = [renamed, grouped, upper] as const;

const UPCASTS: readonly Property[] = [
  {
    invariant: 'I2',
    title: 'two steps at once give what one after the other gives',
    property: fc.property(
      fc.dictionary(fc.string(), fc.string()),
      fc.integer({ min: 1, max: 4 }),
      fc.integer({ min: 0, max: 3 }),
      (patch, version, more) => {
        const stored: StoredPatch = { type: 'user', patch, seen: {} };
        const middle = Math.min(4, version + more);
        const halfWay = upcastPatch(stored, version, STEPS.slice(0, middle - 1));
        assert.deepEqual(halfWay && upcastPatch(halfWay, middle, STEPS), upcastPatch(stored, version, STEPS));
      },
    ) as fc.IRawProperty<unknown>,
  },
];

export const PROPERTIES: readonly Property[] = [...MERGE, ...ANSWERS, ...UPCASTS];
