import { describe, expect, it } from 'vitest';
import { cellsOf, readBytes, refusalOf } from './read-file.ts';
import { inlineRows, writeWorkbook } from './workbook-writer.ts';
import { writeZip } from './zip-writer.ts';

const sheet = (xml: string): { name: string; xml: string } => ({ name: 'Users', xml });

type Case = readonly [name: string, file: Parameters<typeof writeWorkbook>[0], rows: readonly (readonly string[])[]];

const FORMATS =
  '<numFmts><numFmt numFmtId="164" formatCode="000000"/><numFmt numFmtId="165" formatCode="&quot;+&quot;0"/>' +
  '<numFmt numFmtId="166" formatCode="yyyy\\-mm\\-dd"/><numFmt numFmtId="167" formatCode="[&lt;=9999999]###\\-####;(###)\\ ###\\-####"/>' +
  '<numFmt numFmtId="168" formatCode="000\\-0000"/></numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>' +
  `<cellXfs><xf numFmtId="0"/>${[164, 165, 166, 167, 168, 14, 49].map((id) => `<xf numFmtId="${id}"/>`).join('')}</cellXfs>`;

const CASES: readonly Case[] = [
  [
    'rich text in the shared strings',
    {
      sheets: [sheet('<row r="1"><c r="A1" t="s"><v>0</v></c></row>')],
      sharedStrings: [
        '<si><r><t>Jo</t></r><r><rPr><b/></rPr><t xml:space="preserve">hn </t></r><r><t>Doe</t></r></si>',
      ],
    },
    [['John Doe']],
  ],
  [
    'rich text in the cell',
    { sheets: [sheet('<row r="1"><c r="A1" t="inlineStr"><is><r><t>two </t></r><r><t>runs</t></r></is></c></row>')] },
    [['two runs']],
  ],
  [
    'a phonetic run beside the name',
    {
      sheets: [sheet('<row r="1"><c r="A1" t="s"><v>0</v></c></row>')],
      sharedStrings: ['<si><t>田中</t><rPh sb="0" eb="2"><t>タナカ</t></rPh><phoneticPr fontId="1"/></si>'],
    },
    [['田中']],
  ],
  [
    'escaped characters and an escaped underscore',
    {
      sheets: [
        sheet(
          '<row r="1"><c r="A1" t="inlineStr"><is><t>a_x000D_b</t></is></c><c r="B1" t="inlineStr"><is><t>_x005F_x000D_</t></is></c></row>',
        ),
      ],
    },
    [['a\rb', '_x000D_']],
  ],
  [
    'an address with a mailto link',
    {
      sheets: [
        {
          name: 'U',
          xml: '<sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>ann@customer.example</t></is></c></row></sheetData><hyperlinks><hyperlink ref="A1" display="mailto:x"/></hyperlinks>',
        },
      ],
    },
    [['ann@customer.example']],
  ],
  [
    'formulas by their stored results',
    {
      sheets: [
        sheet(
          '<row r="1"><c r="A1" t="str"><f>B1&amp;C1</f><v>ann</v></c><c r="B1"><f>1+1</f><v>2</v></c><c r="C1" t="b"><v>1</v></c></row>',
        ),
      ],
    },
    [['ann', '2', 'TRUE']],
  ],
  [
    'a date as text',
    { sheets: [sheet('<row r="1"><c r="A1" t="d"><v>2024-05-06T00:00:00</v></c></row>')] },
    [['2024-05-06T00:00:00']],
  ],
  [
    'number formats that show zeros, signs and dates',
    {
      styles: FORMATS,
      sheets: [
        sheet(
          '<row r="1"><c r="A1" s="1"><v>1234</v></c><c r="B1" s="2"><v>447700900123</v></c><c r="C1" s="3"><v>45413</v></c>' +
            '<c r="D1" s="4"><v>5551234</v></c><c r="E1" s="5"><v>5550123</v></c><c r="F1" s="6"><v>45413.5</v></c><c r="G1" s="7"><v>7</v></c></row>',
        ),
      ],
    },
    [['001234', '+447700900123', '2024-05-01', '5551234', '555-0123', '2024-05-01T12:00:00', '7']],
  ],
  [
    'the other calendar of old Macs',
    { date1904: true, styles: FORMATS, sheets: [sheet('<row r="1"><c r="A1" s="3"><v>43951</v></c></row>')] },
    [['2024-05-01']],
  ],
  [
    'long numbers without an exponent',
    {
      sheets: [
        sheet(
          '<row r="1"><c r="A1"><v>4.47700900123E11</v></c><c r="B1"><v>12345678901234567890</v></c><c r="C1"><v>0.1</v></c><c r="D1"><v>0.30000000000000004</v></c><c r="E1"><v>1.5E-7</v></c><c r="F1"><v>-12</v></c></row>',
        ),
      ],
    },
    [['447700900123', '12345678901234567890', '0.1', '0.3', '0.00000015', '-12']],
  ],
  [
    'text that looks like a number',
    { sheets: [sheet('<row r="1"><c r="A1" t="inlineStr"><is><t>007</t></is></c></row>')] },
    [['007']],
  ],
  [
    'only the first cell of a merged range',
    {
      sheets: [
        {
          name: 'U',
          xml: `<sheetData>${inlineRows([['a'], ['b']])}</sheetData><mergeCells><mergeCell ref="A1:D1"/></mergeCells>`,
        },
      ],
    },
    [['a'], ['b']],
  ],
  [
    'half an escape in each of two runs',
    {
      sheets: [
        sheet(
          '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="inlineStr"><is><r><t>_x0041_</t></r></is></c></row>',
        ),
      ],
      sharedStrings: ['<si><r><t>a_x</t></r><r><t>0041_ _x005F_x0041_</t></r></si>'],
    },
    [['a_x0041_ _x0041_', 'A']],
  ],
  [
    'CDATA',
    { sheets: [sheet('<row r="1"><c r="A1" t="inlineStr"><is><t><![CDATA[R&D <x>]]> y</t></is></c></row>')] },
    [['R&D <x> y']],
  ],
  [
    'rows and cells without references',
    {
      sheets: [
        sheet(
          '<row><c t="inlineStr"><is><t>a</t></is></c><c/><c t="inlineStr"><is><t>c</t></is></c></row><row><c><v>1</v></c></row>',
        ),
      ],
    },
    [['a', '', 'c'], ['1']],
  ],
  [
    'XML with prefixes and single quotes',
    {
      sheets: [
        sheet(
          `<?xml version="1.0"?><x:worksheet xmlns:x="m"><x:sheetData><x:row r='1'><x:c r='B1' t='s'><x:v>0</x:v></x:c></x:row></x:sheetData></x:worksheet>`,
        ),
      ],
      sharedStrings: ['<si><t>x</t></si>'],
    },
    [['', 'x']],
  ],
  [
    'a sheet part with any name',
    {
      sheets: [
        { name: 'U', xml: inlineRows([['a']]), part: 'xl/data/Benutzer 1.xml', target: 'data/Benutzer%201.xml' },
      ],
    },
    [['a']],
  ],
  [
    'an absolute part path in another case',
    { sheets: [{ name: 'U', xml: inlineRows([['a']]), target: '/XL/worksheets/Sheet1.xml' }] },
    [['a']],
  ],
  [
    'entities',
    { sheets: [sheet('<row r="1"><c r="A1" t="inlineStr"><is><t>&lt;A&amp;B&gt; &#233;&#x1F600;</t></is></c></row>')] },
    [['<A&B> é😀']],
  ],
  [
    'a bracket within an attribute',
    { sheets: [sheet('<row r="1" x="a>b"><c r="A1" t="inlineStr"><is><t>a</t></is></c></row>')] },
    [['a']],
  ],
  [
    'comments, empty tags and cells far to the right without text',
    {
      sheets: [
        sheet(
          '<row r="1"><!-- <c> --><c r="A1"><v>1</v></c><c r="XFD1" s="1"/><c r="XFC1" t="inlineStr"><is><t> </t></is></c></row>',
        ),
      ],
    },
    [['1']],
  ],
];

describe('odd workbooks', () => {
  it.each(CASES)('IMP-2: reads %s', async (_name, file, rows) => {
    expect(await cellsOf(writeWorkbook(file))).toEqual(rows);
  });

  it('IMP-2: says which cells were numbers, which hold an error and which formulas were never calculated', async () => {
    const xml =
      '<row r="4"><c r="A4"><v>12</v></c><c r="B4" t="e"><f>1/0</f><v>#DIV/0!</v></c><c r="C4"><f>A1</f></c><c r="D4" t="str"><f>""</f><v></v></c></row>';
    const { rows } = await readBytes(writeWorkbook({ sheets: [sheet(xml)] }));
    expect(rows).toEqual([
      {
        number: 4,
        cells: ['12', '#DIV/0!', ''],
        marks: [
          [0, 'number'],
          [1, 'error'],
          [2, 'uncalculated'],
        ],
      },
    ]);
  });

  it('IMP-2: keeps the row numbers of the spreadsheet over empty rows', async () => {
    const xml = '<row r="2"><c r="A2"/></row><row r="7"><c r="A7"><v>1</v></c></row><row><c><v>2</v></c></row>';
    const { rows } = await readBytes(writeWorkbook({ sheets: [sheet(xml)] }));
    expect(rows.map((row) => row.number)).toEqual([7, 8]);
  });

  it('IMP-2: takes the first visible sheet that has rows, and any sheet that is asked for', async () => {
    const file = writeWorkbook({
      sheets: [
        { name: 'Lists', xml: inlineRows([['hidden']]), state: 'veryHidden' },
        { name: 'Cover', xml: '' },
        { name: 'Users &amp; Admins', xml: inlineRows([['shown']]) },
      ],
    });
    const found = await readBytes(file);
    expect(found.shape).toEqual({
      format: 'xlsx',
      sheets: ['Lists', 'Cover', 'Users & Admins'],
      sheet: 'Users & Admins',
      encoding: '',
      delimiter: '',
    });
    expect(found.rows[0]?.cells).toEqual(['shown']);
    expect(await cellsOf(file, { sheet: 'Lists' })).toEqual([['hidden']]);
  });

  it('IMP-2: reads parts in UTF-16', async () => {
    const xml = `<?xml version="1.0" encoding="UTF-16"?><worksheet><sheetData>${inlineRows([['Zoë']])}</sheetData></worksheet>`;
    const parts = (content: Buffer): Buffer =>
      writeZip([
        { name: 'xl/workbook.xml', content: '<workbook><sheets><sheet name="A" r:id="a"/></sheets></workbook>' },
        {
          name: 'xl/_rels/workbook.xml.rels',
          content: '<Relationships><Relationship Id="a" Type="x/worksheet" Target="w.xml"/></Relationships>',
        },
        { name: 'xl/w.xml', content },
      ]);
    expect(await cellsOf(parts(Buffer.from(`\uFEFF${xml}`, 'utf16le')))).toEqual([['Zoë']]);
    expect(await cellsOf(parts(Buffer.from(`\uFEFF${xml}`, 'utf16le').swap16()))).toEqual([['Zoë']]);
  });

  it('IMP-2: reads a part in the encoding that it declares, and one that declares another than it has', async () => {
    const xml = (encoding: string): string =>
      `<?xml version="1.0" encoding="${encoding}"?><worksheet><sheetData>${inlineRows([['Zoë']])}</sheetData></worksheet>`;
    const book = (content: Buffer): Buffer =>
      writeZip([
        { name: 'xl/workbook.xml', content: '<workbook><sheets><sheet name="A" r:id="a"/></sheets></workbook>' },
        {
          name: 'xl/_rels/workbook.xml.rels',
          content: '<Relationships><Relationship Id="a" Type="x/worksheet" Target="w.xml"/></Relationships>',
        },
        { name: 'xl/w.xml', content },
      ]);
    expect(await cellsOf(book(Buffer.from(xml('ISO-8859-1'), 'latin1')))).toEqual([['Zoë']]);
    expect(await cellsOf(book(Buffer.from(xml('windows-1252'), 'utf8')))).toEqual([['Zoë']]);
    expect(await cellsOf(book(Buffer.from(xml('UTF-16'), 'utf8')))).toEqual([['Zoë']]);
  });

  it('IMP-2: finds the end of a zip whose comment looks like one', async () => {
    const file = writeWorkbook({ sheets: [sheet(inlineRows([['a']]))] });
    const comment = Buffer.from('PK\u0005\u0006 in a comment is not the end of the zip', 'latin1');
    file.writeUInt16LE(comment.length, file.length - 2);
    expect(await cellsOf(Buffer.concat([file, comment]))).toEqual([['a']]);
  });

  it('IMP-2: refuses a row whose number is not in quotes instead of counting it', async () => {
    const refused = await refusalOf(
      readBytes(writeWorkbook({ sheets: [sheet('<row r=7><c r="A7"><v>1</v></c></row>')] })),
    );
    expect(refused.code).toBe('import.damaged');
  });

  it('IMP-2: refuses real text beyond the columns that an import can have', async () => {
    const refused = await refusalOf(
      readBytes(writeWorkbook({ sheets: [sheet('<row r="3"><c r="XFD3"><v>1</v></c></row>')] })),
    );
    expect(refused).toEqual({
      code: 'import.too-many-columns',
      details: { detail: 'text far to the right', limit: 256, count: 16_384, row: 3 },
    });
  });
});
