import { expect, test } from 'vitest';
import { clipboardCells } from '../../electron/engine/imports/clipboard-cells.ts';
import { commits } from '../harness/edits.ts';
import { startImports } from './import-bench.ts';

const HEADINGS = 'FIRST NAME,LAST NAME,NAME,EMAIL,ROLE';
const person = (index: number, more = ''): string =>
  `First${index},Last${String(9 - index)},,person${index}@harbour.example,${more}`;
const BY_LAST = { by: 'lastName', direction: 'ascending' } as const;

test('IMP-4: an edit hits the row that is shown, whatever the sort, the filter and the search', async () => {
  const bench = await startImports();
  const { imports } = bench.engine.client;
  const id = await bench.open([HEADINGS, ...Array.from({ length: 5 }, (_, index) => person(index))]);
  const sorted = await imports.rows({ id, sort: BY_LAST });
  expect(sorted.rows.map(({ values }) => values.lastName)).toEqual(['Last5', 'Last6', 'Last7', 'Last8', 'Last9']);
  const [first] = sorted.rows;
  await imports.editCell({ id, rowId: first?.rowId ?? 0, field: 'lastName', value: 'Zulu' });
  // The row stays under the cursor until the person sorts again.
  expect((await imports.rows({ id, sort: BY_LAST })).rows[0]?.values).toMatchObject({
    firstName: 'First4',
    lastName: 'Zulu',
  });
  await imports.fillRange({ id, sort: BY_LAST, first: 1, last: 2, fields: ['role'], value: 'Account Admin' });
  const plain = await bench.rows(id);
  expect(plain.map(({ values }) => values.role)).toEqual(['', '', 'Account Admin', 'Account Admin', '']);
  const found = await imports.rows({ id, search: 'PERSON3@' });
  expect(found.rows.map(({ values }) => values.firstName)).toEqual(['First3']);
  await imports.deleteRange({ id, search: 'PERSON3@', first: 0, last: 0 });
  expect((await bench.rows(id)).map(({ values }) => values.firstName)).toEqual([
    'First0',
    'First1',
    'First2',
    'First4',
  ]);
  await imports.undo({ id, direction: 'undo' });
  await imports.undo({ id, direction: 'undo' });
  expect((await bench.rows(id)).map(({ values }) => values.role)).toEqual(['', '', '', '', '']);
});

test('IMP-4: F8 goes through a sorted view in the order that is shown', async () => {
  const bench = await startImports();
  const id = await bench.open([HEADINGS, person(1), 'A,Last0,,bad,', person(2), 'B,Last99,,worse,']);
  const { imports } = bench.engine.client;
  const view = { id, sort: { by: 'lastName', direction: 'descending' }, severity: 'error', direction: 'next' } as const;
  const one = await imports.findRow({ ...view, after: null });
  const two = await imports.findRow({ ...view, after: one?.rowId ?? null });
  expect([one, two, await imports.findRow({ ...view, after: two?.rowId ?? null })]).toEqual([
    { rowId: 4, offset: 0 },
    { rowId: 2, offset: 3 },
    null,
  ]);
});

test('IMP-4: a block from a spreadsheet goes in as one undo step and adds rows at the end', async () => {
  const bench = await startImports();
  const { imports } = bench.engine.client;
  const id = await bench.open([HEADINGS, person(0), person(1)]);
  const pasted = await imports.pasteRange({
    id,
    first: 1,
    fields: ['firstName', 'lastName', 'name', 'email'],
    text: 'Uma\t"Two\nlines"\t\tuma@harbour.example\r\nVic\tNew\t\tvic@harbour.example\r\n',
  });
  expect(pasted.ok && pasted.value).toEqual({ changedCount: 1, addedCount: 1 });
  expect((await bench.rows(id)).map(({ values }) => `${values.firstName} ${values.lastName}`)).toEqual([
    'First0 Last9',
    'Uma Two lines',
    'Vic New',
  ]);
  const copied = await imports.copyRange({ id, first: 1, last: 2, fields: ['firstName', 'email'] });
  expect(copied).toEqual({ text: 'Uma\tuma@harbour.example\nVic\tvic@harbour.example', rowCount: 2 });
  await imports.undo({ id, direction: 'undo' });
  expect((await bench.rows(id)).map(({ values }) => values.firstName)).toEqual(['First0', 'First1']);
  await imports.undo({ id, direction: 'redo' });
  expect((await bench.rows(id)).map(({ values }) => values.firstName)).toEqual(['First0', 'Uma', 'Vic']);
});

test.each([
  [
    'a\tb\nc\td',
    [
      ['a', 'b'],
      ['c', 'd'],
    ],
  ],
  ['a\tb\r\n', [['a', 'b']]],
  ['"a ""b"""\t"c\td"\n', [['a "b"', 'c\td']]],
  ['6" pipe\t"unclosed', [['6" pipe', '"unclosed']]],
  ['a\n\nb', [['a'], [''], ['b']]],
  ['', [['']]],
])('IMP-2: the clipboard %j is cells', (text, cells) => {
  expect(clipboardCells(text)).toEqual(cells);
});

test('IMP-4: repairs that many rows need are offered with their number and made in one step', async () => {
  const bench = await startImports();
  const { imports } = bench.engine.client;
  const { rows: known } = await bench.engine.client.users.page({ accountId: bench.engine.account() });
  const domain = known[0]?.email.split('@')[1] ?? '';
  const id = await bench.open([
    HEADINGS,
    'Ann,One,,ann,',
    'Ben,Two,,ben,',
    `Cleo,Three,,cleo@${domain.slice(0, -1)},`,
    `Dan,Four,,dan@${domain},Acount Admin`,
    `,,,eve.five@${domain},`,
    `Fay,Six,,fay@${domain},`,
    `Fay,Six,,fay@${domain},`,
    `Known,Person,,${known[0]?.email ?? ''},`,
  ]);
  const { suggestions } = await imports.suggestions({ id });
  expect(suggestions.map(({ kind, rowCount }) => [kind, rowCount])).toEqual(
    expect.arrayContaining([
      ['add-domain', 2],
      ['correct-domain', 1],
      ['correct-role', 1],
      ['name-from-address', 1],
      ['drop-repeats', 1],
      ['update-existing', 1],
    ]),
  );
  for (const { kind, detail, wrong, rowCount } of suggestions) {
    const applied = await imports.applySuggestion({ id, suggestion: { kind, detail, wrong } });
    expect([kind, applied.ok && applied.value.changedCount]).toEqual([kind, rowCount]);
  }
  const rows = await bench.rows(id);
  expect(rows.map(({ values }) => values.email.split('@')[0])).toEqual([
    'ann',
    'ben',
    'cleo',
    'dan',
    'eve.five',
    'fay',
    known[0]?.email.split('@')[0],
  ]);
  expect(rows.every(({ status }) => status !== 'error')).toBe(true);
  expect(rows[4]?.values).toMatchObject({ firstName: 'Eve', lastName: 'Five' });
  for (const _ of suggestions) await imports.undo({ id, direction: 'undo' });
  expect((await bench.rows(id)).map(({ values }) => values.email).slice(0, 2)).toEqual(['ann', 'ben']);
  expect(commits(bench.engine)).toEqual([]);
});
