import fc from 'fast-check';
import { expect, it } from 'vitest';
import { PATCH_SCHEMA_VERSION, upcastPatch, type StoredPatch, type Upcast } from './upcast.ts';

const stored: StoredPatch = { type: 'user', patch: { phone: '+15550100' }, seen: {} };
const renamed: Upcast = (old) => ({ ...old, patch: { mobile: old.patch['phone'] ?? '' } });
const grouped: Upcast = (old) => ({ ...old, seen: { ...old.seen, role: 'USER' } });

it('OFF-2: a change of today is read as it is', () => {
  expect(upcastPatch(stored, PATCH_SCHEMA_VERSION)).toEqual(stored);
});

it('OFF-2: a change of an older program goes through every step it lacks, in order', () => {
  expect(upcastPatch(stored, 1, [renamed, grouped])).toEqual({
    type: 'user',
    patch: { mobile: '+15550100' },
    seen: { role: 'USER' },
  });
  expect(upcastPatch(stored, 2, [renamed, grouped])).toEqual({ ...stored, seen: { role: 'USER' } });
});

it('OFF-2: a change of a newer program, or one that a step cannot read, is reported and not guessed', () => {
  const broken: Upcast = () => {
    throw new Error('no such shape');
  };
  expect(upcastPatch(stored, 3, [renamed])).toBeNull();
  expect(upcastPatch(stored, 0)).toBeNull();
  expect(upcastPatch(stored, 1, [broken])).toBeNull();
});

it('OFF-2: two steps at once give what one after the other gives', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.string()), (patch) => {
      const first = upcastPatch({ ...stored, patch }, 1, [renamed]);
      const both = upcastPatch({ ...stored, patch }, 1, [renamed, grouped]);
      expect(first && upcastPatch(first, 2, [renamed, grouped])).toEqual(both);
    }),
  );
});
