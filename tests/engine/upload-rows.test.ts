import { EMPTY_VALUES } from '../../electron/engine/domain/import-row-state.ts';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { CACHE_MIGRATIONS } from '../../electron/engine/database/migrations/cache.ts';
import { JOURNAL_MIGRATIONS } from '../../electron/engine/database/migrations/journal.ts';
import { createRepositories, type Repositories } from '../../electron/engine/database/repositories.ts';
import { openStore } from '../../electron/engine/database/store.ts';
import {
  UPLOAD_FILTERS,
  type UploadFilter,
  type UploadRow,
} from '../../electron/engine/database/upload-row-repository.ts';
import { systemClock } from '../../electron/engine/runtime/clock.ts';
import { must } from '../../shared/lib/must.ts';
import { aFolder } from '../harness/start-engine.ts';

/** What became of a row, by the way it comes about. `asked-again`: it waited for a person's word and waits for the cloud now. */
const CREATES = ['queued', 'inflight', 'unknown', 'sent', 'visible', 'refused'] as const;
const CHANGES = ['queued', 'sent', 'visible', 'refused', 'withdrawn', 'asked-again'] as const;
type Kind = UploadRow['kind'];
type Fate = { readonly kind: Kind; readonly end: (typeof CREATES)[number] | (typeof CHANGES)[number] };

const fate: fc.Arbitrary<Fate> = fc.oneof(
  fc.record({ kind: fc.constant('create' as const), end: fc.constantFrom(...CREATES) }),
  fc.record({ kind: fc.constantFrom('patch' as const, 'delete' as const), end: fc.constantFrom(...CHANGES) }),
);

const IMPORT = 'import-1';
const ACTOR = 'person';
const SETTLED = { reason: '', serverMessage: '', correlationId: '', nextAt: 0 } as const;
const VALUES = { ...EMPTY_VALUES, firstName: 'Ann', lastName: 'Lee', role: 'USER' };

function open(): Repositories {
  const folder = aFolder();
  const cache = openStore('cache', join(folder, 'cache.db'), CACHE_MIGRATIONS);
  return createRepositories(cache, openStore('journal', join(folder, 'journal.db'), JOURNAL_MIGRATIONS), systemClock);
}

/** An upload of its own beside another one, whose rows belong to nobody else. */
function upload(repositories: Repositories, importId: string, fates: readonly Fate[]): void {
  const { journal, uploads, importChanges, uploadRows, outbox } = repositories;
  const lidOf = (row: number): string => `${importId}-${row}`;
  journal.write((tx) => {
    uploads.open(tx, { importId, actor: ACTOR, accountLid: 'account-1', fileName: 'people.csv', createdAt: '' });
    for (const [index, { kind, end }] of fates.entries()) {
      const [row, lid] = [index + 1, lidOf(index + 1)];
      if (kind === 'create') {
        uploads.enqueue(tx, importId, [{ row, lid, emailKey: lid, sourceRow: row + 1, values: VALUES }]);
        if (end !== 'queued') uploads.markInflight(tx, importId, [row], 1, { keptSeconds: 3600, withRef: true });
        const state = end === 'visible' ? 'sent' : end;
        if (state === 'unknown' || state === 'sent' || state === 'refused')
          uploads.settle(tx, importId, [{ row, state, ...SETTLED }]);
      } else {
        const change = { row, opId: lid, lid, sourceRow: row + 1, kind, name: 'Ann Lee', email: '', typed: null };
        const queued = { groupId: 'g', actor: ACTOR, type: 'user', accountLid: 'account-1', schemaVersion: 1 } as const;
        const what = { patch: { mobile: '+15550100' }, seen: { mobile: '' } };
        outbox.enqueue(tx, {
          ...queued,
          ...what,
          opId: lid,
          lid,
          kind,
          idemKey: lid,
          createdAt: '',
          importId,
          needs: [],
        });
        importChanges.add(tx, importId, { ...change, ...what });
        if (end === 'refused' || end === 'asked-again') outbox.update(tx, lid, { state: 'conflict' });
        if (end === 'asked-again') outbox.update(tx, lid, { state: 'queued' });
        if (end === 'sent' || end === 'visible') importChanges.settle(tx, lid, { state: 'sent', correlationId: 'c' });
        if (end === 'withdrawn') importChanges.settle(tx, lid, { state: 'withdrawn', correlationId: '' });
      }
    }
    const visible = fates.flatMap(({ end }, index) => (end === 'visible' ? [lidOf(index + 1)] : []));
    expect(uploadRows.markVisible(tx, visible)).toBe(visible.length);
  });
}

const ENDS: Readonly<Record<UploadFilter, readonly Fate['end'][]>> = {
  all: [...CREATES, ...CHANGES],
  waiting: ['queued', 'inflight', 'unknown', 'asked-again'],
  sent: ['sent', 'visible'],
  visible: ['visible'],
  refused: ['refused', 'withdrawn'],
};

type Placed = Fate & { readonly row: number };

const brief = (rows: readonly UploadRow[]): readonly (readonly [number, Kind])[] =>
  rows.map(({ row, kind }) => [row, kind] as const);

function expectToShow(
  { uploads, uploadRows }: Repositories,
  importId: string,
  rows: readonly Placed[],
  size: number,
): void {
  const wanted = (filter: UploadFilter) => rows.filter(({ end }) => ENDS[filter].includes(end));
  for (const filter of UPLOAD_FILTERS) {
    const order = wanted(filter).map(({ row, kind }) => [row, kind]);
    const pages: UploadRow[] = [];
    for (let offset = 0; offset <= order.length; offset += size) {
      const page = uploadRows.page(importId, filter, { offset, limit: size });
      expect(page.total).toBe(order.length);
      pages.push(...page.rows);
    }
    expect(brief(pages)).toEqual(order);
    const slices = [...uploadRows.slices(importId, filter, size)];
    expect(brief(slices.flat())).toEqual(order);
    expect(slices.every(({ length }, index) => length === size || index === slices.length - 1)).toBe(true);
  }
  const batch = must(uploads.get(importId), 'it was opened');
  expect(batch.waitingCount).toBe(wanted('waiting').length);
  expect(batch.sentCount).toBe(wanted('sent').length);
  expect(batch.sentCount - uploadRows.unseenCount(importId)).toBe(wanted('visible').length);
  // What was withdrawn needs nobody any more.
  expect(batch.refusedCount + batch.askedCount).toBe(rows.filter(({ end }) => end === 'refused').length);
}

test('IMP-9: through every filter the rows come in the order of the sheet, page by page and in slices, and the counts are theirs', () => {
  const repositories = open();
  let count = 0;
  fc.assert(
    fc.property(fc.array(fate, { maxLength: 60 }), fc.integer({ min: 1, max: 9 }), (fates, size) => {
      const importId = `import-${(count += 1)}`;
      const rows = fates.map((one, index) => ({ ...one, row: index + 1 }));
      upload(repositories, importId, fates);
      expectToShow(repositories, importId, rows, size);
      const taken = repositories.journal.write((tx) => repositories.uploads.takeBack(tx, importId, size));
      const gone = new Set(taken.map(({ row }) => row));
      expectToShow(
        repositories,
        importId,
        rows.filter(({ row }) => !gone.has(row)),
        size,
      );
    }),
    { numRuns: 60 },
  );
});

test('IMP-10: rows that arrive or leave while others are read are neither missed nor met twice', () => {
  const repositories = open();
  const { journal, uploads, uploadRows } = repositories;
  const fates = Array.from({ length: 12 }, (_, index): Fate => ({
    kind: index % 3 === 2 ? 'patch' : 'create',
    end: index === 1 || index === 9 ? 'queued' : 'sent',
  }));
  upload(repositories, IMPORT, fates);
  const met: number[] = [];
  for (const slice of uploadRows.slices(IMPORT, 'sent', 4)) {
    if (met.length === 0)
      journal.write((tx) => {
        const update = { state: 'sent', ...SETTLED } as const;
        uploads.settle(tx, IMPORT, [
          { row: 2, ...update },
          { row: 10, ...update },
        ]);
        journal.sql.prepare('DELETE FROM import_items WHERE import_id = ? AND row = 1').run(IMPORT);
      });
    met.push(...slice.map(({ row }) => row));
  }
  expect(met).toEqual([1, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
});

test('IMP-9: a row that stands in both tables after a rescue is shown twice, whatever the size of a slice', () => {
  const repositories = open();
  const { journal, importChanges, uploadRows } = repositories;
  upload(repositories, IMPORT, [
    { kind: 'create', end: 'refused' },
    { kind: 'create', end: 'refused' },
  ]);
  const what = { patch: { mobile: '+15550100' }, seen: { mobile: '' }, name: '', email: '', typed: null };
  journal.write((tx) =>
    importChanges.add(tx, IMPORT, { row: 1, opId: 'o', lid: 'l', sourceRow: 2, kind: 'patch', ...what }),
  );
  for (const size of [1, 2, 3, 4]) {
    const rows = [...uploadRows.slices(IMPORT, 'all', size)].flat();
    expect(brief(rows).toSorted(([, one], [, other]) => one.localeCompare(other))).toEqual([
      [1, 'create'],
      [2, 'create'],
      [1, 'patch'],
    ]);
  }
});

test('OFF-2 L6: of a row that is sent again the shorter time of its key is kept', () => {
  const repositories = open();
  const { journal, uploads } = repositories;
  upload(repositories, IMPORT, [{ kind: 'create', end: 'unknown' }]);
  const keptAfter = (keptSeconds: number): number | null | undefined => {
    journal.write((tx) => uploads.markInflight(tx, IMPORT, [1], 2, { keptSeconds, withRef: true }));
    journal.write((tx) => uploads.settle(tx, IMPORT, [{ row: 1, state: 'unknown', ...SETTLED }]));
    return uploads.ready(IMPORT, 3, 1)[0]?.sentKeyed;
  };
  expect([86_400, 900, 86_400, 0].map(keptAfter)).toEqual([3600, 900, 900, 900]);
});
