import { expect, it } from 'vitest';
import { remapped } from './column-mapping.ts';

const columns = [
  { index: 0, heading: 'Given name', samples: [], field: 'firstName' },
  { index: 1, heading: 'Mail', samples: [], field: 'email' },
  { index: 2, heading: 'Private mail', samples: [], field: null },
] as const;
const shown = columns.map(({ index, heading, field }) => ({
  ...{ index, heading, field, samples: [] },
  ...({ origin: 'recognised', passedOver: null } as const),
}));

it('IMP-2: giving a field to another column takes it from the one that had it', () => {
  expect(remapped(shown, 2, 'email')).toEqual([
    { index: 0, field: 'firstName' },
    { index: 2, field: 'email' },
  ]);
});

it('IMP-2: a column can be left out', () => {
  expect(remapped(shown, 0, null)).toEqual([{ index: 1, field: 'email' }]);
});
