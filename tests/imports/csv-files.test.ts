import { describe, expect, it } from 'vitest';
import { cellsOf, readBytes, refusalOf } from './read-file.ts';

type Case = readonly [name: string, file: Buffer | string, rows: readonly (readonly string[])[]];
const latin1 = (text: string): Buffer => Buffer.from(text, 'latin1');
const utf16 = (text: string): Buffer => Buffer.from(text, 'utf16le');

const CASES: readonly Case[] = [
  [
    'commas',
    'a,b\nc,d\n',
    [
      ['a', 'b'],
      ['c', 'd'],
    ],
  ],
  [
    'semicolons with decimal commas',
    'Name;Size\nA;1,5\nB;2,5',
    [
      ['Name', 'Size'],
      ['A', '1,5'],
      ['B', '2,5'],
    ],
  ],
  [
    'tabs',
    'a\tb\r\nc\td',
    [
      ['a', 'b'],
      ['c', 'd'],
    ],
  ],
  [
    'pipes',
    'a|b,c\nd|e',
    [
      ['a', 'b,c'],
      ['d', 'e'],
    ],
  ],
  ['one column', 'EMAIL\nann@customer.example\n', [['EMAIL'], ['ann@customer.example']]],
  ['a byte order mark', '\uFEFFa,b', [['a', 'b']]],
  [
    'Windows-1252',
    latin1('Name;Ort\nZo\xeb;K\xf6ln\n'),
    [
      ['Name', 'Ort'],
      ['Zoë', 'Köln'],
    ],
  ],
  [
    'UTF-16 with a mark',
    utf16('\uFEFFa;ë\r\nc;d'),
    [
      ['a', 'ë'],
      ['c', 'd'],
    ],
  ],
  [
    'UTF-16 of the other order',
    utf16('\uFEFFa;ë\nc;d').swap16(),
    [
      ['a', 'ë'],
      ['c', 'd'],
    ],
  ],
  [
    'UTF-16 without a mark',
    utf16('name;mail\nann;x'),
    [
      ['name', 'mail'],
      ['ann', 'x'],
    ],
  ],
  [
    'a sep line',
    'sep=|\r\na|b;c\nd|e',
    [
      ['a', 'b;c'],
      ['d', 'e'],
    ],
  ],
  [
    'mixed line ends',
    'a,b\r\nc,d\re,f\ng,h',
    [
      ['a', 'b'],
      ['c', 'd'],
      ['e', 'f'],
      ['g', 'h'],
    ],
  ],
  [
    'quotes',
    '"a ""x"", y",b\n"c\nd","e"f,\n',
    [
      ['a "x", y', 'b'],
      ['c\nd', 'ef'],
    ],
  ],
  [
    'a quote within a plain cell',
    'O"Neil,b\n5",c',
    [
      ['O"Neil', 'b'],
      ['5"', 'c'],
    ],
  ],
  ['rows of different widths', 'a,b,c\nd\ne,f,,\n', [['a', 'b', 'c'], ['d'], ['e', 'f']]],
];

describe('delimited text', () => {
  it.each(CASES)('IMP-2: reads %s', async (_name, file, rows) => {
    expect(await cellsOf(file)).toEqual(rows);
  });

  it('IMP-2: finds one accent in the last row of a long list in Windows-1252', async () => {
    const { shape, rows } = await readBytes(
      Buffer.concat([latin1('a;b\n'.repeat(200_000).slice(0, 390_000)), latin1('c;Zo\xeb')]),
    );
    expect(shape).toMatchObject({ encoding: 'windows-1252', delimiter: ';', format: 'csv' });
    expect(rows.at(-1)?.cells.at(-1)).toContain('Zoë');
  });

  it('IMP-2: reads with the encoding and the delimiter that the person chooses', async () => {
    expect(await cellsOf(latin1('\x8e;a,b'), { encoding: 'macintosh', delimiter: ',' })).toEqual([['é;a', 'b']]);
    expect(await cellsOf(latin1('\xa4'), { encoding: 'iso-8859-15' })).toEqual([['€']]);
  });

  it('IMP-2: counts blank lines as rows, line ends within quotes not', async () => {
    const { rows } = await readBytes('a,b\n\n"x\ny",c\nd,e\n');
    expect(rows.map((row) => row.number)).toEqual([1, 3, 4]);
  });

  it('IMP-2: reports the row in which a quotation mark was left open', async () => {
    expect(await refusalOf(readBytes('a,b\nc,d\ne,"f\ng,h\n'))).toEqual({
      code: 'import.damaged',
      details: { detail: 'a quotation mark is not closed', row: 3 },
    });
    const long = `a,b\nc,"d\n${'e,f\n'.repeat(500_000)}`;
    expect((await refusalOf(readBytes(long))).details).toMatchObject({ row: 2 });
  });

  it('IMP-2: gives the same rows wherever a piece of the file ends', async () => {
    const row = '"Zoë ""Z"" ; x\r\ny";ann@customer.example;😀\r\n';
    const { rows } = await readBytes(`a;b;c\r\n${row.repeat(30_000)}`);
    expect(rows).toHaveLength(30_001);
    expect(new Set(rows.slice(1).map((read) => JSON.stringify(read.cells)))).toEqual(
      new Set([JSON.stringify(['Zoë "Z" ; x\r\ny', 'ann@customer.example', '😀'])]),
    );
  });

  it('IMP-2: refuses a row with more columns than an import can have', async () => {
    expect((await refusalOf(readBytes(`${'a,'.repeat(300)}b\n`))).code).toBe('import.too-many-columns');
    expect(await cellsOf(`a${','.repeat(300)}\n`)).toEqual([['a']]);
  });
});
