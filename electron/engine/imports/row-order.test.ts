import { describe, expect, it } from 'vitest';
import { ROW_ACTIONS } from '../../../shared/model/import-row.ts';
import type { RowAction } from '../../../shared/model/import-row.ts';
import { createRowOrder } from './row-order.ts';
import type { RowFilter } from './row-order.ts';

const mark = (severity: 0 | 1 | 2 | 3, isChanged = false, action: RowAction = 'create', isDuplicate = false) => ({
  ...{ severity, isChanged, action, isDuplicate },
});

describe('row order', () => {
  it('IMP-4: keeps rows in the order of their numbers, whatever order they come in', () => {
    const order = createRowOrder();
    for (const rowId of [5, 1, 9, 3]) order.set(rowId, mark(0));
    order.set(5, null);
    order.set(7, null);
    expect(order.page('all', 0, 10)).toEqual([1, 3, 9]);
    order.set(5, mark(3));
    expect([order.page('all', 1, 2), order.has(5), order.has(7)]).toEqual([[3, 5], true, false]);
  });

  it('IMP-4: answers like a plain list after many changes', () => {
    const order = createRowOrder();
    const plain = new Map<number, ReturnType<typeof mark>>();
    let seed = 7;
    const next = (limit: number): number => {
      seed = (seed * 48_271) % 2_147_483_647;
      return seed % limit;
    };
    for (let round = 0; round < 20_000; round += 1) {
      const rowId = next(3000) + 1;
      const row =
        next(5) === 0 ? null : mark(next(4) as 0 | 1 | 2 | 3, next(2) === 0, ROW_ACTIONS[next(6)], next(9) === 0);
      order.set(rowId, row);
      if (row) plain.set(rowId, row);
      else plain.delete(rowId);
    }
    const rows = [...plain].toSorted(([a], [b]) => a - b);
    const acts =
      (action: RowAction) =>
      (row: ReturnType<typeof mark>): boolean =>
        row.action === action && !row.isDuplicate;
    const filters: Record<RowFilter, (row: ReturnType<typeof mark>) => boolean> = {
      all: () => true,
      errors: ({ severity }) => severity === 3,
      warnings: ({ severity }) => severity === 2,
      cleaned: ({ severity }) => severity === 1,
      changed: ({ isChanged }) => isChanged,
      ready: ({ severity }) => severity < 3,
      create: acts('create'),
      change: acts('change'),
      unchanged: acts('unchanged'),
      skip: acts('skip'),
      conflict: acts('conflict'),
    };
    for (const [filter, matches] of Object.entries(filters) as [
      RowFilter,
      (row: ReturnType<typeof mark>) => boolean,
    ][]) {
      const expected = rows.filter(([, row]) => matches(row)).map(([rowId]) => rowId);
      expect([...order.rowIds(filter)]).toEqual(expected);
      expect(order.count(filter)).toBe(expected.length);
      expect(order.page(filter, 700, 50)).toEqual(expected.slice(700, 750));
    }
  });
});
