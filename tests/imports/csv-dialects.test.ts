import { describe, expect, it } from 'vitest';
import { cellsOf, readBytes } from './read-file.ts';

type Case = readonly [name: string, file: string, delimiter: string, rows: readonly (readonly string[])[]];

const CASES: readonly Case[] = [
  [
    'single quotes',
    "'NAME','EMAIL'\n'Ash, Ann','a@customer.example'\n'O''Neil','b@customer.example'\n",
    ',',
    [
      ['NAME', 'EMAIL'],
      ['Ash, Ann', 'a@customer.example'],
      ["O'Neil", 'b@customer.example'],
    ],
  ],
  [
    'single quotes around line breaks',
    "'NAME';'EMAIL';'NOTE'\r\n'Ann';'a@customer.example';'a\nb'\r\n'Bo';'b@customer.example';'c'\r\n",
    ';',
    [
      ['NAME', 'EMAIL', 'NOTE'],
      ['Ann', 'a@customer.example', 'a\nb'],
      ['Bo', 'b@customer.example', 'c'],
    ],
  ],
  [
    'names that begin with an apostrophe',
    "NAME,EMAIL\n't Hart,a@customer.example\n'S Gravesande,b@customer.example\n",
    ',',
    [
      ['NAME', 'EMAIL'],
      ["'t Hart", 'a@customer.example'],
      ["'S Gravesande", 'b@customer.example'],
    ],
  ],
  ['a column of single-quoted names', "'NAME'\n'Ash, Ann'\n", ',', [['NAME'], ['Ash, Ann']]],
  [
    'quotes behind a backslash',
    String.raw`"NAME","EMAIL"` + '\n' + String.raw`"Ann \"Annie, A\" Ash","a@customer.example"` + '\n',
    ',',
    [
      ['NAME', 'EMAIL'],
      ['Ann "Annie, A" Ash', 'a@customer.example'],
    ],
  ],
  [
    'a backslash at the end of a cell',
    String.raw`"PATH";"EMAIL"` +
      '\n' +
      String.raw`"C:\";"a@customer.example"` +
      '\n' +
      String.raw`"D:\x\";"b@customer.example"`,
    ';',
    [
      ['PATH', 'EMAIL'],
      ['C:\\', 'a@customer.example'],
      ['D:\\x\\', 'b@customer.example'],
    ],
  ],
  [
    'names with commas between semicolons',
    'Name;Mail\nAsh, Ann;a@customer.example\nBirch, Bo;b@customer.example\n',
    ';',
    [
      ['Name', 'Mail'],
      ['Ash, Ann', 'a@customer.example'],
      ['Birch, Bo', 'b@customer.example'],
    ],
  ],
  [
    'names with semicolons between tabs',
    'Name; title\tMail\nAnn; Dr\ta@customer.example\n',
    '\t',
    [
      ['Name; title', 'Mail'],
      ['Ann; Dr', 'a@customer.example'],
    ],
  ],
  [
    'colons',
    'ann:a@customer.example\nbo:b@customer.example\n',
    ':',
    [
      ['ann', 'a@customer.example'],
      ['bo', 'b@customer.example'],
    ],
  ],
  [
    'carets',
    'a^b\nc^d',
    '^',
    [
      ['a', 'b'],
      ['c', 'd'],
    ],
  ],
  ['a time in a list of one column', 'EMAIL 12:30\na@customer.example', ',', [['EMAIL 12:30'], ['a@customer.example']]],
  ['a sep line with an unusual character', 'sep=#\r\na#b;c\r\n', '#', [['a', 'b;c']]],
  ['a quoted sep line', '"sep=;"\na;b,c\n', ';', [['a', 'b,c']]],
  ['a sep line that contradicts the content', 'sep=,\na;b\nc;d\n', ',', [['a;b'], ['c;d']]],
  [
    'line ends of old Macs',
    'a;b\rc;d\r',
    ';',
    [
      ['a', 'b'],
      ['c', 'd'],
    ],
  ],
  [
    'line ends of old Macs within quotes',
    'a;"b\rx"\rc;d',
    ';',
    [
      ['a', 'b\rx'],
      ['c', 'd'],
    ],
  ],
  [
    'the end mark of DOS',
    'a;b\r\nc;d\r\n\u001A',
    ';',
    [
      ['a', 'b'],
      ['c', 'd'],
    ],
  ],
  ['a doubled quotation mark at every place', '"""a""";"b""";"""";""\n', ';', [['"a"', 'b"', '"']]],
];

describe('dialects of delimited text', () => {
  it.each(CASES)('IMP-2: reads %s', async (_name, file, delimiter, rows) => {
    const read = await readBytes(file);
    expect([read.shape.delimiter, read.rows.map((row) => row.cells)]).toEqual([delimiter, rows]);
  });

  it.each([',', ';', '\t', '|', ':', '^', '~', '#', '\u001F'])(
    'IMP-2: the person may choose %j as the separator',
    async (delimiter) => {
      expect(await cellsOf(`x,y;z\n"a${delimiter}b"${delimiter}c\n`, { delimiter })).toEqual([
        ...(delimiter === ',' ? [['x', 'y;z']] : delimiter === ';' ? [['x,y', 'z']] : [['x,y;z']]),
        [`a${delimiter}b`, 'c'],
      ]);
    },
  );
});
