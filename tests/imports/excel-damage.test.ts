import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { issueSentence } from '../../shared/model/import-issue-text.ts';
import { allRows, issuesOf, startDesk } from './desk-harness.ts';
import type { DeskHarness } from './desk-harness.ts';
import { writeWorkbook } from './workbook-writer.ts';

let harness: DeskHarness;
beforeEach(() => {
  harness = startDesk();
});
afterEach(() => harness.close());

const HEADINGS = 'NAME;EMAIL;MOBILE;EXTENSION';

describe('what a spreadsheet damaged', () => {
  it('IMP-3: is said cell by cell, with what may have been meant', async () => {
    const id = await harness.open(
      [
        HEADINGS,
        'Ann Ash;ann@customer.example;+442079460101;0471',
        'Bo Birch;bo@customer.example;442079460102;0472',
        'ZoÃ« Cedar;zoe@customer.example;4.42E+11;0473',
        'Dee Dale;dee@customer.example;+442079460104;74',
        'Ed Elm;ed@customer.example;+442079460105;01. Feb',
        '#N/A;fay@customer.example;;0476',
      ].join('\n'),
    );
    const rows = await allRows(harness.desk, id);
    expect(
      rows.map(({ issues }) => issues.map(({ code, suggestion }) => `${code} ${suggestion ?? ''}`.trim())),
    ).toEqual([
      [],
      ['mobile-invalid', 'plus-lost +442079460102'],
      ['mobile-invalid', 'mojibake-repaired', 'digits-lost'],
      ['zeros-lost 0074'],
      ['extension-invalid', 'date-read'],
      ['cell-error'],
    ]);
    expect(rows[2]?.values.name).toBe('Zoë Cedar');
    expect(rows[2]?.issues.map(issueSentence)).toContain(
      'Name: letters of a wrong encoding were repaired; it was “ZoÃ« Cedar”.',
    );
  });

  it('IMP-4: is mended in all its rows at once, and that is taken back in one step', async () => {
    const { desk } = harness;
    const people = Array.from(
      { length: 30 },
      (_, at) => `P ${at};p${at}@customer.example;4420794601${at + 10};${1000 + at}`,
    );
    const id = await harness.open([HEADINGS, ...people, 'Short;s@customer.example;+442079460199;42'].join('\n'));
    const suggestions = await desk.suggestions(id);
    expect(suggestions.map(({ kind, detail, rowCount }) => [kind, detail, rowCount])).toEqual([
      ['take-meant', 'plus-lost', 30],
      ['take-meant', 'zeros-lost', 1],
    ]);
    for (const { rowCount: _, ...suggestion } of suggestions) await desk.applySuggestion(id, suggestion);
    const mended = await allRows(desk, id);
    expect([mended[0]?.values.mobile, mended[30]?.values.extension]).toEqual(['+442079460110', '0042']);
    expect(mended.every(({ status }) => status === null)).toBe(true);
    await desk.undo(id, 'undo');
    await desk.undo(id, 'undo');
    expect((await allRows(desk, id))[0]?.values.mobile).toBe('442079460110');
  });

  it('IMP-3: in a workbook is seen from the kind of its cells', async () => {
    const cell = (place: string, content: string): string =>
      `<c r="${place}" t="inlineStr"><is><t>${content}</t></is></c>`;
    const headings = ['NAME', 'EMAIL', 'MOBILE', 'EXTENSION']
      .map((text, at) => cell(`${'ABCD'[at] ?? ''}1`, text))
      .join('');
    const row = (number: number, numbers: string): string =>
      `<row r="${number}">${cell(`A${number}`, `P ${number}`)}${cell(`B${number}`, `p${number}@customer.example`)}${numbers}</row>`;
    const id = await harness.open(
      writeWorkbook({
        styles: '<cellXfs><xf numFmtId="0"/><xf numFmtId="16"/></cellXfs>',
        sheets: [
          {
            name: 'U',
            xml:
              `<row r="1">${headings}</row>` +
              row(2, '<c r="C2"><v>4.42079460101E11</v></c><c r="D2"><v>4711</v></c>') +
              row(3, '<c r="C3" t="e"><v>#N/A</v></c><c r="D3" s="1"><v>46054</v></c>') +
              row(4, '<c r="C4"><v>442079460103</v></c><c r="D4" s="1"><v>4713</v></c>'),
          },
        ],
      }),
      'users.xlsx',
    );
    expect(await issuesOf(harness.desk, id)).toEqual([
      '2: mobile-invalid plus-lost number-as-text',
      '3: mobile-invalid extension-invalid cell-error date-read',
      '4: mobile-invalid extension-invalid plus-lost date-read',
    ]);
    const rows = await allRows(harness.desk, id);
    expect(rows[2]?.issues.find(({ code }) => code === 'date-read')?.suggestion).toBe('4713');
  });

  it('IMP-3: typing the text as it was takes a repair back', async () => {
    const id = await harness.open('NAME;EMAIL\nZoÃ«;zoe@customer.example\n');
    const [row] = await allRows(harness.desk, id);
    await harness.desk.editCell({ id, rowId: row?.rowId ?? 0, field: 'name', value: 'ZoÃ«' });
    expect((await allRows(harness.desk, id))[0]).toMatchObject({ values: { name: 'ZoÃ«' }, issues: [] });
  });
});
