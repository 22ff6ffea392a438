import { IMPORT_FIELDS, type ImportValues } from '../../../shared/model/import-row.ts';
import { expect, it } from 'vitest';
import { cellAfter, fieldCellAfter, fieldsIn, gridFields, isInRange, issuesOf, rangeOf } from './grid-cells.ts';

const BLANK = Object.fromEntries(IMPORT_FIELDS.map((field) => [field, ''])) as ImportValues;

const step = { isCtrl: false, rowCount: 100_000, columnCount: 7, pageRows: 20 };
const grid = { rowCount: 10, fieldCount: 5 };

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
    fieldCellAfter({ row: 3, column: 4 }, false, grid),
    fieldCellAfter({ row: 3, column: 5 }, false, grid),
    fieldCellAfter({ row: 3, column: 1 }, true, grid),
    fieldCellAfter({ row: 9, column: 5 }, false, grid),
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
    values: { ...BLANK, email: 'a@example.com' },
    ...({ action: 'refused', existing: null, user: null } as const),
    issues: [{ code: 'name-missing', field: null, detail: '' }],
    status: 'error',
  } as const;
  expect([
    issuesOf({ ...row, issues: [...row.issues], changes: [] }, 'name').length,
    issuesOf({ ...row, issues: [...row.issues], changes: [] }, 'email').length,
  ]).toEqual([1, 0]);
});

it('IMP-4: a range has its corners in any order and covers only fields', () => {
  const range = rangeOf({ row: 9, column: 4 }, { row: 2, column: 0 });
  expect([isInRange(range, { row: 5, column: 2 }), isInRange(range, { row: 1, column: 2 })]).toEqual([true, false]);
  expect(fieldsIn(range, ['firstName', 'lastName', 'name', 'email', 'role'])).toEqual([
    'firstName',
    'lastName',
    'name',
    'email',
  ]);
});

it('IMP-12: the grid has a column for what the file has beyond the five of the portal', () => {
  const column = { index: 6, heading: 'Ext.', field: 'extension', origin: 'recognised', passedOver: null } as const;
  expect(gridFields({ columns: [{ ...column, samples: [] }] })).toEqual([
    ...['firstName', 'lastName', 'name', 'email', 'role', 'extension'],
  ]);
});
