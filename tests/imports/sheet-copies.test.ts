import { readFileSync } from 'node:fs';
import { must } from '../../shared/lib/must.ts';
import { describe, expect, test } from 'vitest';
import { editSheet } from '../../electron/engine/imports/writing/edit-sheet.ts';
import { readBytes } from './read-file.ts';
import { cellValues, copyOf, packedParts } from './sheet-bytes.ts';
import type { Copy, Told } from './sheet-bytes.ts';
import { inlineRows, writeWorkbook } from './workbook-writer.ts';
import { toStreamedZip64 } from './zip64-writer.ts';

const ACCEPTED = ['Accepted', ''] as const;
const REFUSED = ['Refused', 'The address is used by somebody else. <Ask> & "try" ü 🙂 again.'] as const;
const TOLD: Told = { 2: ACCEPTED, 3: REFUSED };
const PEOPLE = [
  ['NAME', 'EMAIL', 'Team'],
  ['Ann', 'ann@harbour.example', 'Quay'],
  ['Ben', 'ben@harbour.example', 'Dock'],
];

/** The rows that our reader sees: as before, with the new cells behind the last column. */
function expectOnlyAdded({ copied, before, after }: Copy, told: Told, column: number, headerRow = 1): void {
  expect(copied).toMatchObject({ ok: true, value: { rowCount: Object.keys(told).length } });
  const wanted = before.rows.map(({ number, cells, marks }) => {
    const texts = number === headerRow ? ['STATUS', 'REASON'] : told[number];
    if (!texts) return { number, cells, marks };
    const padded = [...cells, ...Array.from({ length: column - cells.length }, () => ''), ...texts];
    while (padded.at(-1) === '') padded.pop();
    return { number, cells: padded, marks };
  });
  expect(after?.rows).toEqual(wanted);
}

/** What exceljs sees: every old cell as it was, and the new ones. */
async function expectOldCellsEqual({ original, bytes }: Copy, added: Readonly<Record<string, string>>): Promise<void> {
  const [before, after] = [await cellValues(original), await cellValues(bytes)];
  const kept = new Map([...after].filter(([address]) => added[address] === undefined));
  expect(kept).toEqual(before);
  const texts = Object.keys(added).map((address) => [address, (after.get(address) as { value?: unknown })?.value]);
  expect(Object.fromEntries(texts)).toEqual(added);
}

async function expectOthersUntouched({ original, bytes }: Copy, sheet: string): Promise<void> {
  const [before, after] = [await packedParts(original), await packedParts(bytes)];
  expect([...after.keys()]).toEqual([...before.keys()]);
  const without = (parts: ReadonlyMap<string, string>) => [...parts].filter(([name]) => name !== sheet);
  expect(without(after)).toEqual(without(before));
  expect(after.get(sheet)).not.toBe(before.get(sheet));
}

const ADDED = {
  'Users!D1': 'STATUS',
  'Users!E1': 'REASON',
  'Users!D2': 'Accepted',
  'Users!D3': 'Refused',
  'Users!E3': REFUSED[1],
};

describe('a workbook', () => {
  test('IMP-9: gets STATUS and REASON behind its last column, and every old cell stays', async () => {
    const copy = await copyOf(writeWorkbook({ sheets: [{ name: 'Users', xml: inlineRows(PEOPLE) }] }), TOLD);
    expectOnlyAdded(copy, TOLD, 3);
    await expectOldCellsEqual(copy, ADDED);
    await expectOthersUntouched(copy, 'xl/worksheets/sheet1.xml');
  });

  test('IMP-9: with shared texts, prefixes, CRLF, spans, comments and gaps is copied as well', async () => {
    const cell = (place: string, text: number): string => `<x:c r="${place}" t="s">\r\n<x:v>${text}</x:v></x:c>`;
    const rows = `<x:row r="1" spans="1:2">${cell('A1', 0)}${cell('B1', 1)}</x:row>\r\n<!-- </x:row> --><x:row r="2"/>
      <x:row r="7" spans='1:2' ht="20">${cell('A7', 2)}${cell('B7', 3)}</x:row\r\n>\r\n<x:row r="9" s="0"  />`;
    const xml = `<?xml version="1.0"?>\r\n<x:worksheet xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main">\r\n<x:dimension ref="A1:B9"/><x:sheetData>${rows}</x:sheetData><x:autoFilter ref="A1:B9"/></x:worksheet>\r\n`;
    const sharedStrings = ['NAME', 'EMAIL', 'Ann', 'ann@harbour.example'].map((text) => `<si><t>${text}</t></si>`);
    const copy = await copyOf(writeWorkbook({ sheets: [{ name: 'Users', xml }], sharedStrings }), {
      7: ACCEPTED,
      9: REFUSED,
    });
    expect(copy.copied).toMatchObject({ ok: true, value: { rowCount: 2 } });
    expect(copy.after?.rows).toEqual([
      { number: 1, cells: ['NAME', 'EMAIL', 'STATUS', 'REASON'], marks: null },
      { number: 7, cells: ['Ann', 'ann@harbour.example', 'Accepted'], marks: null },
      { number: 9, cells: ['', '', ...REFUSED], marks: null },
    ]);
    const text = await sheetText(copy);
    expect(text).toContain('<x:autoFilter ref="A1:B9"/></x:worksheet>\r\n');
    expect(text).toContain('<x:dimension ref="A1:D9"/>');
    expect(text).toContain('<x:row r="9" s="0"  ><x:c r="C9" t="inlineStr">');
    expect(text).not.toContain('spans');
  });

  test('IMP-9: whose rows and cells do not say where they are is copied as well', async () => {
    const row = (cells: readonly string[]): string =>
      `<row>${cells.map((text) => `<c t="inlineStr"><is><t>${text}</t></is></c>`).join('')}</row>`;
    const xml = `<sheetData>${PEOPLE.map(row).join('')}</sheetData>`;
    expectOnlyAdded(await copyOf(writeWorkbook({ sheets: [{ name: 'Users', xml }] }), TOLD), TOLD, 3);
  });

  test('IMP-9: keeps the formats of cells that stood empty where the new ones come, and their order', async () => {
    const styles = `<fonts><font/></fonts><fills><fill/></fills><borders><border/></borders><cellXfs><xf numFmtId="0"/><xf numFmtId="49"/></cellXfs>`;
    const xml = inlineRows(PEOPLE.map((cells) => cells.slice(0, 2)))
      .replace('</row><row r="3">', '<c r="C2" s="1"/><c r="D2" s="1"></c><c r="F2" s="1"/></row><row r="3">')
      .replace(/<\/row>$/u, '<c r="F3" s="1"/></row>');
    const copy = await copyOf(writeWorkbook({ sheets: [{ name: 'Users', xml }], styles }), TOLD);
    expectOnlyAdded(copy, TOLD, 2);
    const text = await sheetText(copy);
    expect(text).toContain('<c r="C2" s="1" t="inlineStr">');
    // Without a reason the empty cell stays what it was.
    expect(text).toContain('<c r="D2" s="1"></c><c r="F2" s="1"/></row>');
    expect([...text.matchAll(/<c r="([A-Z])3"/gu)].map(([, letter]) => letter)).toEqual(['A', 'B', 'C', 'D', 'F']);
  });

  test('IMP-9: shows columns that were hidden, gives new ones a width and leaves the others theirs', async () => {
    const sheet = (cols: string): Buffer =>
      writeWorkbook({ sheets: [{ name: 'Users', xml: `${cols}<sheetData>${inlineRows(PEOPLE)}</sheetData>` }] });
    const colsOf = async (cols: string): Promise<string> =>
      /<cols>.*<\/cols>/u.exec(await sheetText(await copyOf(sheet(cols), TOLD)))?.[0] ?? '';
    const [status, reason] = ['<col min="4" max="4" width="16"', '<col min="5" max="5" width="60"'];
    const own = '<col min="1" max="3" width="30" customWidth="1"/>';
    expect(await colsOf('')).toBe(`<cols>${status} customWidth="1"/>${reason} customWidth="1"/></cols>`);
    expect(await colsOf(`<cols>${own}</cols>`)).toBe(
      `<cols>${own}${status} customWidth="1"/>${reason} customWidth="1"/></cols>`,
    );
    expect(await colsOf(`<cols>${own}<col min="4" max="16384" hidden="1" width="0"/></cols>`)).toBe(
      `<cols>${own}${status}/>${reason}/><col min="6" max="16384" hidden="1" width="0"/></cols>`,
    );
    expect(await colsOf('<cols><col min="1" max="9" width="12"/></cols>')).toBe(
      '<cols><col min="1" max="9" width="12"/></cols>',
    );
  });

  test('IMP-9: with merged cells in its rows gets the columns behind them', async () => {
    const xml = `<sheetData>${inlineRows(PEOPLE)}</sheetData><mergeCells><mergeCell ref="A1:Z1"/><mergeCell ref="C3:F3"/></mergeCells>`;
    const copy = await copyOf(writeWorkbook({ sheets: [{ name: 'Users', xml }] }), TOLD, { headerRow: 2 });
    expect(copy.after?.rows.at(-1)?.cells.slice(6)).toEqual(REFUSED);
  });

  test('IMP-9: whose second sheet was imported keeps the first one, its picture and everything else byte by byte', async () => {
    const picture = Buffer.from([0x89, 0x50, 0x4e, 0x47, ...Array.from({ length: 5000 }, (_, at) => (at * 31) % 256)]);
    const sheets = [
      { name: 'Notes', xml: inlineRows([['Read me'], ['first']]) },
      { name: 'Users', xml: inlineRows(PEOPLE) },
    ];
    const extra = [
      { name: 'xl/media/image1.png', content: picture, isStored: true },
      { name: 'xl/drawings/drawing1.xml', content: '<wsDr/>' },
    ];
    const copy = await copyOf(writeWorkbook({ sheets, extra }), TOLD, { sheet: 'Users' });
    expectOnlyAdded(copy, TOLD, 3);
    await expectOthersUntouched(copy, 'xl/worksheets/sheet2.xml');
    await expectOldCellsEqual(copy, ADDED);
  });

  test.each(['libreoffice-plain', 'libreoffice-features', 'new-starters'])(
    'IMP-9: %s as a program wrote it',
    async (name) => {
      const content = readFileSync(new URL(`../fixtures/imports/${name}.xlsx`, import.meta.url));
      const [, first, second] = (await readBytes(content)).rows;
      const headerRow = must((await readBytes(content)).rows[0], 'headings').number;
      const told = { [must(first, 'a row').number]: ACCEPTED, [must(second, 'a row').number]: REFUSED };
      const copy = await copyOf(content, told, { headerRow });
      expect(copy.copied).toMatchObject({ ok: true, value: { rowCount: 2 } });
      const [before, after] = [await cellValues(copy.original), await cellValues(copy.bytes)];
      expect(new Map([...after].filter(([address]) => before.has(address)))).toEqual(before);
      const added = [...after]
        .filter(([address]) => !before.has(address))
        .map(([, cell]) => (cell as { value: unknown }).value);
      expect(added).toEqual(expect.arrayContaining(['STATUS', 'REASON', 'Accepted', ...REFUSED]));
    },
  );

  test('IMP-9: with a signature or in UTF-16 is not copied, and nothing is left behind', async () => {
    const people = { name: 'Users', xml: inlineRows(PEOPLE) };
    const signed = writeWorkbook({ sheets: [people], extra: [{ name: '_xmlsignatures/sig1.xml', content: '<s/>' }] });
    expect((await copyOf(signed, TOLD)).copied).toMatchObject({
      refusal: { code: 'report.sheet-unsafe', details: { reason: 'signed' } },
    });
    const wide = Buffer.from(`\uFEFF<worksheet><sheetData>${inlineRows(PEOPLE)}</sheetData></worksheet>`, 'utf16le');
    const book = writeWorkbook({
      sheets: [{ name: 'Users', xml: '<x/>', part: 'xl/other.xml', target: '/xl/wide.xml' }],
      extra: [{ name: 'xl/wide.xml', content: wide }],
    });
    expect((await copyOf(book, TOLD)).copied).toMatchObject({
      refusal: { code: 'report.sheet-unsafe', details: { reason: 'encoding' } },
    });
  });
});

async function sheetText({ bytes }: Copy): Promise<string> {
  const { inflateRawSync } = await import('node:zlib');
  const packed = must((await packedParts(bytes)).get('xl/worksheets/sheet1.xml'), 'the sheet');
  const at = 30 + Buffer.from(packed, 'latin1').readUInt16LE(26);
  return inflateRawSync(Buffer.from(packed, 'latin1').subarray(at)).toString('utf8');
}

describe('delimited text', () => {
  test('IMP-9: is copied in UTF-8 with its separator, its quotes and its lines as they are', async () => {
    const lines = [
      'NAME;EMAIL;Note',
      '"Ann; the first";ann@harbour.example;"two\r\nlines"',
      'Ben;ben@harbour.example',
      '',
      'Cleo;cleo@harbour.example;',
    ];
    const copy = await copyOf(Buffer.from(lines.join('\r\n'), 'latin1'), {
      2: ACCEPTED,
      3: ['Refused', 'Say "no"; then =go.'],
      5: ['Waiting', '=HYPERLINK("x")'],
    });
    expect(copy.copied).toEqual({ ok: true, value: { rowCount: 3, format: 'csv' } });
    expect(copy.bytes.toString('utf8')).toBe(
      [
        '\uFEFFNAME;EMAIL;Note;STATUS;REASON',
        '"Ann; the first";ann@harbour.example;"two\r\nlines";Accepted;',
        'Ben;ben@harbour.example;;Refused;"Say ""no""; then =go."',
        '',
        `Cleo;cleo@harbour.example;;Waiting;"'=HYPERLINK(""x"")"`,
      ].join('\r\n'),
    );
  });

  test.each([
    ['windows-1252', Buffer.from('NAME,EMAIL\nJosé Müller,jose@harbour.example\nZoë,zoe@harbour.example\n', 'latin1')],
    [
      'utf-16le',
      Buffer.from('\uFEFFNAME,EMAIL\nJosé Müller,jose@harbour.example\nZoë,zoe@harbour.example\n', 'utf16le'),
    ],
  ])('IMP-9: in %s keeps its letters', async (encoding, bytes) => {
    const copy = await copyOf(bytes, TOLD);
    expect(copy.before.shape.encoding).toBe(encoding);
    expectOnlyAdded(copy, TOLD, 2);
    expect(copy.bytes.toString('utf8')).toContain('José Müller,jose@harbour.example,Accepted,\n');
  });

  test('IMP-9: keeps its sep= line; letters that would be lost are a refusal', async () => {
    const named = await copyOf('sep=|\nNAME|EMAIL\nAnn|ann@harbour.example\n', { 2: ACCEPTED });
    expect(named.bytes.toString('utf8')).toBe(
      '\uFEFFsep=|\nNAME|EMAIL|STATUS|REASON\nAnn|ann@harbour.example|Accepted|\n',
    );
    const slip = Buffer.concat([
      Buffer.from(`NAME,EMAIL\n${'Zoë,zoe@harbour.example\n'.repeat(30)}`),
      Buffer.from([0xfc, 10]),
    ]);
    expect((await copyOf(slip, TOLD)).copied).toMatchObject({
      refusal: { code: 'report.sheet-unsafe', details: { reason: 'letters' } },
    });
  });
});

test('IMP-9: a zip in 64 bits, with sizes behind its parts, is copied with all of it', async () => {
  const sheets = [
    { name: 'Users', xml: inlineRows(PEOPLE) },
    { name: 'Notes', xml: inlineRows([['Read me']]) },
  ];
  const copy = await copyOf(toStreamedZip64(writeWorkbook({ sheets })), TOLD);
  expectOnlyAdded(copy, TOLD, 3);
  await expectOthersUntouched(copy, 'xl/worksheets/sheet1.xml');
  await expectOldCellsEqual(copy, ADDED);
});

test('IMP-9: wherever the sheet is cut into pieces on its way, the copy is the same', async () => {
  const xml = `<?xml version="1.0"?>\n<worksheet><dimension ref="A1:C9"/><cols><col min="1" max="9" hidden="1"/></cols><sheetData>${inlineRows(PEOPLE).replace('</row>', '<c r="D1" s="2"><extLst/><v/></c><extLst><ext/></extLst></row>')}<row r="4" spans="1:3"/><!-- end --></sheetData></worksheet> \n`;
  const edited = async (pieceBytes: number): Promise<string> => {
    const pieces: Buffer[] = [];
    const bytes = Buffer.from(xml);
    async function* chunks(): AsyncGenerator<Buffer, void> {
      for (let at = 0; at < bytes.length; at += pieceBytes) yield bytes.subarray(at, at + pieceBytes);
    }
    const edit = {
      ...{ column: 3, headerRow: 1, widths: [16, 60], onRow: () => undefined },
      textsOf: (row: number) => (row === 2 ? null : ['Accepted', `row ${row} ü`]),
    };
    for await (const piece of editSheet(chunks(), edit)) pieces.push(piece);
    return Buffer.concat(pieces).toString('utf8');
  };
  const whole = await edited(1_000_000);
  expect(whole).toContain('row 4 &#252;</t></is></c></row><!-- end --></sheetData></worksheet> \n');
  expect(whole).toMatch(
    /<c r="D1" s="2" t="inlineStr">.*<c r="E1" .*<\/c><extLst><ext\/><\/extLst><\/row><row r="2">/u,
  );
  for (const pieceBytes of [1, 2, 3, 7, 64]) expect(await edited(pieceBytes)).toBe(whole);
});

test('IMP-9: 100,000 rows are copied slice by slice, in little memory', async () => {
  const rows = Array.from({ length: 100_000 }, (_, row) => [`Person ${row}`, `person${row}@harbour.example`, 'Quay']);
  const content = writeWorkbook({ sheets: [{ name: 'Users', xml: inlineRows([PEOPLE[0] ?? [], ...rows]) }] });
  const told = Object.fromEntries(rows.map((_, row) => [row + 2, row % 10 === 0 ? REFUSED : ACCEPTED]));
  const before = process.memoryUsage().arrayBuffers;
  let turns = 0;
  let most = 0;
  const turn = async (): Promise<void> => {
    turns += 1;
    most = Math.max(most, process.memoryUsage().arrayBuffers - before);
    await new Promise((resolve) => setImmediate(resolve));
  };
  const { copied, after } = await copyOf(content, told, { turn });
  expect(copied).toMatchObject({ ok: true, value: { rowCount: 100_000 } });
  expect(after?.rows.at(-1)?.cells).toEqual([...(rows.at(-1) ?? []), 'Accepted']);
  expect(turns).toBeGreaterThan(50);
  // Twice 23 MB pass; a few slices of a quarter of a megabyte are under way at once, until they are collected.
  expect(most / 1024 / 1024).toBeLessThan(64);
});
