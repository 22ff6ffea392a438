import { expect, it } from 'vitest';
import { cellAfter, fieldCellAfter, issuesOf } from './grid-cells.ts';

const step = { isCtrl: false, rowCount: 100_000, pageRows: 20 };

it.each([
  ['ArrowDown', false, { row: 6, column: 4 }],
  ['ArrowUp', true, { row: 0, column: 4 }],
  ['PageDown', false, { row: 25, column: 4 }],
  ['Home', false, { row: 5, column: 0 }],
  ['End', true, { row: 99_999, column: 6 }],
])('IMP-4: %s (Ctrl %s) moves the focus', (key, isCtrl, expected) => {
  expect(cellAfter({ row: 5, column: 4 }, { ...step, key, isCtrl })).toEqual(expected);
});

it('IMP-4: the focus never leaves the grid and other keys do not move it', () => {
  expect([
    cellAfter({ row: 0, column: 0 }, { ...step, key: 'ArrowLeft' }),
    cellAfter({ row: 99_999, column: 6 }, { ...step, key: 'PageDown' }),
    cellAfter({ row: 1, column: 1 }, { ...step, key: 'a' }),
  ]).toEqual([{ row: 0, column: 0 }, { row: 99_999, column: 6 }, null]);
});

it('IMP-4: Tab while typing goes through the fields row by row, and back', () => {
  expect([
    fieldCellAfter({ row: 3, column: 4 }, false, 10),
    fieldCellAfter({ row: 3, column: 5 }, false, 10),
    fieldCellAfter({ row: 3, column: 1 }, true, 10),
    fieldCellAfter({ row: 9, column: 5 }, false, 10),
  ]).toEqual([
    { row: 3, column: 5 },
    { row: 4, column: 1 },
    { row: 2, column: 5 },
    { row: 9, column: 1 },
  ]);
});

it('IMP-4: a missing name is shown at the name', () => {
  const row = {
    rowId: 1,
    sourceRow: 2,
    values: { firstName: '', lastName: '', name: '', email: 'a@example.com', role: '', mobile: '', extension: '' },
    ...({ action: 'refused', existing: null, user: null } as const),
    issues: [{ code: 'name-missing', field: null, detail: '' }],
    status: 'error',
  } as const;
  expect([
    issuesOf({ ...row, issues: [...row.issues], changes: [] }, 'name').length,
    issuesOf({ ...row, issues: [...row.issues], changes: [] }, 'email').length,
  ]).toEqual([1, 0]);
});
