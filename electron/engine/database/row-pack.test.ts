import fc from 'fast-check';
import { expect, test } from 'vitest';
import { IMPORT_FIELDS, IMPORT_ISSUES, ROW_ACTIONS, type ImportField } from '../../../shared/model/import-row.ts';
import { createAddressIndex } from './address-index.ts';
import { packPreviewRow, unpackPreviewRow } from './import-rows.ts';
import type { PreviewRow } from './import-rows.ts';
import { emptyPack, linesOf, packText, readPack, slotOf } from './row-pack.ts';

const text = fc.string({ unit: 'binary', maxLength: 20 });
const issue = fc.record({
  code: fc.constantFrom(...(Object.keys(IMPORT_ISSUES) as (keyof typeof IMPORT_ISSUES)[])),
  field: fc.constantFrom('email' as const, 'name' as const, null),
  detail: text,
});
const values = fc.record(
  Object.fromEntries(IMPORT_FIELDS.map((field) => [field, text])) as Record<ImportField, typeof text>,
);
const row: fc.Arbitrary<PreviewRow> = fc.record({
  ...{
    rowId: fc.integer({ min: 1, max: 500_000 }),
    sourceRow: fc.option(fc.integer({ min: 1, max: 1_048_576 })),
    values,
  },
  ...{ emailKey: text, notes: fc.array(issue, { maxLength: 2 }), issues: fc.array(issue, { maxLength: 2 }) },
  ...{ isDuplicate: fc.boolean(), severity: fc.constantFrom(0 as const, 1 as const, 2 as const, 3 as const) },
  ...{ isChanged: fc.boolean(), action: fc.constantFrom(...ROW_ACTIONS) },
  ...{ existing: fc.constantFrom('update' as const, 'skip' as const, null), target: text },
  planned: fc.constantFrom({}, { role: 'User', email: '' }),
});
/** As nearly all rows of a file are. */
const plain = row.map((one): PreviewRow => ({
  ...{ rowId: one.rowId, sourceRow: one.sourceRow, values: one.values, emailKey: one.values.email, notes: [] },
  ...{ issues: [], isDuplicate: false, severity: 0, isChanged: false, action: 'create', existing: null },
  ...{ target: '', planned: {} },
}));

test('IMP-4: a row comes out of its pack as it went in, whatever its cells hold', () => {
  fc.assert(
    fc.property(fc.oneof(row, plain), (one) => {
      expect(unpackPreviewRow(packPreviewRow(one))).toEqual(one);
    }),
  );
});

test('IMP-4: a row of a pack is found in its line, and the others stay where they are', () => {
  const rows = fc.uniqueArray(fc.oneof(row, plain), { selector: ({ rowId }) => slotOf(rowId), maxLength: 60 });
  fc.assert(
    fc.property(rows, (list) => {
      const pack = emptyPack();
      for (const one of list) pack.lines[slotOf(one.rowId)] = packPreviewRow(one);
      const stored = packText(pack);
      if (list.length === 0) {
        expect(stored).toBe('');
        return;
      }
      // It is a list in JSON too, for whoever reads it without this program.
      expect(JSON.parse(stored)).toHaveLength(list.length);
      expect(linesOf(stored)).toHaveLength(list.length);
      expect(readPack(stored, pack.keys)).toEqual(pack);
    }),
  );
});

test('IMP-3: the index of addresses knows exactly the rows that have one', () => {
  const step = fc.record({
    hash: fc.oneof(fc.integer({ min: 0, max: 5 }), fc.integer({ min: 0, max: 0xffffffff })),
    rowId: fc.integer({ min: 1, max: 8 }),
    isAdded: fc.boolean(),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 3000, size: 'max' }), (steps) => {
      const index = createAddressIndex();
      const model = new Map<number, Set<number>>();
      for (const { hash, rowId, isAdded } of steps) {
        const known = model.get(hash) ?? new Set();
        model.set(hash, known);
        // A row has one address; 0 stands for none.
        const isFree = ![...model.values()].some((rows) => rows.has(rowId));
        if (isAdded && isFree) {
          index.add(hash, rowId);
          if (hash !== 0) known.add(rowId);
        }
        if (!isAdded) {
          index.remove(hash, rowId);
          known.delete(rowId);
        }
      }
      for (const [hash, rowIds] of model) expect(new Set(index.rowIds(hash))).toEqual(rowIds);
    }),
  );
});
