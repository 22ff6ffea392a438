import { ownWorkbook } from './own-workbook.ts';
import { below, oneOf, type MadeFile, type Random } from './made-file.ts';
import { partsOf, zipParts } from './zip-file.ts';

const PLAIN = { isStored: false, hasDescriptors: false, isZip64: false, hasExtra: false, comment: '' };

/** Workbooks that want to be expensive. Each is some kilobytes; what it costs to read them is what is judged. */
export function attackWorkbook(random: Random): MadeFile {
  const ways: readonly (readonly [string, (random: Random) => string])[] = [
    [
      'a bomb of one cell',
      () => data(`<row r="1"><c r="A1" t="inlineStr"><is>${'<r><t>a</t></r>'.repeat(3_000_000)}</is></c></row>`),
    ],
    ['a bomb of spaces', () => data(`<row r="1">${' '.repeat(200_000_000)}</row>`)],
    ['a million empty rows', () => data('<row/>'.repeat(1_000_000))],
    ['a million empty cells', () => data(`<row r="1">${'<c/>'.repeat(1_000_000)}</row>`)],
    [
      'too many rows',
      (draw) => data(Array.from({ length: 150_000 }, (_, at) => `<row><c><v>${at * draw()}</v></c></row>`).join('')),
    ],
    [
      'a hundred thousand rows',
      (draw) =>
        data(
          Array.from(
            { length: 99_000 },
            (_, at) => `<row><c t="inlineStr"><is><t>u${at}.${draw()}@customer.example</t></is></c></row>`,
          ).join(''),
        ),
    ],
    ['a comment without end', () => `<sheetData><!--${'-'.repeat(30_000_000)}`],
    ['a tag without end', () => `<sheetData><row ${'a="b" '.repeat(3_000_000)}`],
    ['an attribute without end', () => `<sheetData><row a="${'b'.repeat(20_000_000)}`],
    [
      'an entity for every letter',
      () => data(`<row><c t="inlineStr"><is><t>${'&#65;'.repeat(200_000)}</t></is></c></row>`),
    ],
    ['nothing but ampersands', () => data(`<row><c t="inlineStr"><is><t>${'&amp;'.repeat(30_000)}</t></is></c></row>`)],
    ['CDATA in pieces', () => data(`<row><c><v>${'<![CDATA[1]]>'.repeat(500_000)}</v></c></row>`)],
    [
      'a merge over the whole sheet',
      () => `${data('<row><c><v>1</v></c></row>')}<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>`,
    ],
    [
      'a validation over the whole sheet',
      () =>
        `${data('<row><c><v>1</v></c></row>')}<dataValidations><dataValidation sqref="A1:XFD1048576"/></dataValidations>`,
    ],
    ['columns without end', () => `<cols><col min="1" max="2000000000"/></cols>${data('<row><c><v>1</v></c></row>')}`],
    ['a cell in the last place', () => data('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')],
    [
      'every row as wide as it can be',
      () =>
        data(
          Array.from({ length: 3000 }, (_, row) => `<row r="${row + 1}"><c r="IV${row + 1}"><v>1</v></c></row>`).join(
            '',
          ),
        ),
    ],
    ['prefixes without end', () => data(`<row><${'a:'.repeat(200_000)}c/></row>`)],
    ['closing tags without end', () => data('</row>'.repeat(1_000_000))],
    [
      'numbers without end',
      () => data(`<row><c><v>${'9'.repeat(30_000)}</v></c><c><v>1e${'9'.repeat(300)}</v></c></row>`),
    ],
  ];
  const [name, make] = ways[below(random, ways.length)] ?? ['nothing', () => ''];
  const base = partsOf(ownWorkbook(random, true).bytes);
  const sheet = `<worksheet>${make(random)}${oneOf(random, ['</worksheet>', '</worksheet>', ''])}`;
  const parts = base.map((part) =>
    part.name.includes('sheet1') ? { name: part.name, content: Buffer.from(sheet) } : part,
  );
  return { name: 'users.xlsx', family: 'attack', how: [name], bytes: zipParts(parts, PLAIN), truth: null };
}

function data(rows: string): string {
  return `<sheetData>${rows}</sheetData>`;
}
