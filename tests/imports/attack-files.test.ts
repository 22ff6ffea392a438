import { deflateRawSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { cellsOf, readBytes, refusalOf } from './read-file.ts';
import { inlineRows, writeWorkbook } from './workbook-writer.ts';
import { writeZip } from './zip-writer.ts';

const ROWS = `<sheetData>${inlineRows([['EMAIL'], ['ann@customer.example']])}</sheetData>`;
const EXPECTED = [['EMAIL'], ['ann@customer.example']];

/** Letters that do not pack well, so that the file is refused for its content and not for its ratio. */
function noise(length: number): string {
  let seed = 1;
  return Array.from({ length }, () => {
    seed = (seed * 48_271) % 2_147_483_647;
    return String.fromCharCode(97 + (seed % 26));
  }).join('');
}

const HARMLESS: readonly (readonly [string, string])[] = [
  ['one merged range over the whole sheet', `${ROWS}<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>`],
  [
    'one validation over the whole sheet',
    `${ROWS}<dataValidations><dataValidation sqref="A1:XFD1048576"/></dataValidations>`,
  ],
  ['a column definition without end', `<cols><col min="1" max="2000000000"/></cols>${ROWS}`],
  ['a link over the whole sheet', `${ROWS}<hyperlinks><hyperlink ref="A1:XFD1048576"/></hyperlinks>`],
  ['a comment of ten megabytes', `<!--${noise(3_000_000)}-->${ROWS}`],
];

type Refusal = readonly [name: string, file: () => Buffer, code: string];
const text = (xml: string): Buffer => writeWorkbook({ sheets: [{ name: 'U', xml }] });

const REFUSED: readonly Refusal[] = [
  [
    'a zip bomb',
    () => text(`<row r="1"><c r="A1" t="inlineStr"><is><t>${'<r><t>a</t></r>'.repeat(4_000_000)}</t></is></c></row>`),
    'import.expands-too-far',
  ],
  [
    'shared strings that are a bomb',
    () => writeWorkbook({ sheets: [{ name: 'U', xml: ROWS }], sharedStrings: ['<si><t>a</t></si>'.repeat(4_000_000)] }),
    'import.expands-too-far',
  ],
  [
    'a DOCTYPE with entities',
    () => text('<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><worksheet><sheetData/></worksheet>'),
    'import.damaged',
  ],
  [
    'an entity that nobody defined',
    () => text('<row r="1"><c r="A1" t="inlineStr"><is><t>&xxe;</t></is></c></row>'),
    'import.damaged',
  ],
  ['a tag without end', () => text(`<sheetData><row r="1"><c r="A1" b="${noise(1_500_000)}`), 'import.damaged'],
  ['nesting without end', () => text(`<sheetData>${'<a>'.repeat(5000)}`), 'import.damaged'],
  [
    'XML that stops in the middle',
    () => text('<?xml version="1.0"?><worksheet><sheetData><row r="1"><c r="A1"><v>1</v></c></row>'),
    'import.damaged',
  ],
  [
    'a cell that is too long',
    () => text(`<row r="1"><c r="A1" t="inlineStr"><is><t>${noise(40_000)}</t></is></c></row>`),
    'import.damaged',
  ],
  ['a row number beyond the last row', () => text('<row r="1048577"><c><v>1</v></c></row>'), 'import.damaged'],
  ['a text number that is not there', () => text('<row r="1"><c r="A1" t="s"><v>99</v></c></row>'), 'import.damaged'],
  [
    'a zip with a password',
    () => writeZip([{ name: 'xl/workbook.xml', content: 'x', flags: 1 }]),
    'import.password-protected',
  ],
  [
    'a zip with AES',
    () => writeZip([{ name: 'xl/workbook.xml', content: 'x', method: 99 }]),
    'import.password-protected',
  ],
  ['an unknown packing', () => writeZip([{ name: 'xl/workbook.xml', content: 'x', method: 12 }]), 'import.damaged'],
  [
    'two parts with one name',
    () =>
      writeZip([
        { name: 'xl/workbook.xml', content: 'x' },
        { name: 'XL/workbook.xml', content: 'y' },
      ]),
    'import.damaged',
  ],
  ['a wrong checksum', () => writeZip([{ name: 'xl/workbook.xml', content: '<workbook/>', crc: 1 }]), 'import.damaged'],
  ['a zip of something else', () => writeZip([{ name: 'readme.txt', content: 'x' }]), 'import.not-a-spreadsheet'],
  [
    'an OpenDocument sheet',
    () =>
      writeZip([
        { name: 'mimetype', content: 'x' },
        { name: 'content.xml', content: 'x' },
      ]),
    'import.not-a-spreadsheet',
  ],
  [
    'an old workbook',
    () => Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(2000)]),
    'import.not-a-spreadsheet',
  ],
  [
    'an encrypted workbook',
    () =>
      Buffer.concat([
        Buffer.from('d0cf11e0a1b11ae1', 'hex'),
        Buffer.alloc(2000),
        Buffer.from('EncryptedPackage', 'utf16le'),
      ]),
    'import.password-protected',
  ],
  ['a picture', () => Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'), 'import.not-a-spreadsheet'],
  ['a web page', () => Buffer.from('<html><table><tr><td>a</td></tr></table></html>'), 'import.not-a-spreadsheet'],
  ['a workbook without rows', () => text('<row r="1"><c r="A1"/></row>'), 'import.empty'],
  ['an empty file', () => Buffer.alloc(0), 'import.empty'],
  ['only blank lines', () => Buffer.from('\r\n ; ;\r\n'), 'import.empty'],
];

describe('attack files', () => {
  it.each(HARMLESS)('IMP-2: reads the rows beside %s', async (_name, xml) => {
    expect(await cellsOf(writeWorkbook({ sheets: [{ name: 'U', xml }] }))).toEqual(EXPECTED);
  });

  it('IMP-2: reads the rows beside a name for the whole sheet', async () => {
    const workbookXml =
      '<workbook xmlns:r="x"><sheets><sheet name="U" r:id="rId1"/></sheets><definedNames><definedName name="n">$A$1:$XFD$1048576</definedName></definedNames></workbook>';
    expect(await cellsOf(writeWorkbook({ sheets: [{ name: 'U', xml: ROWS }], workbookXml }))).toEqual(EXPECTED);
  });

  it.each(REFUSED)('IMP-2: refuses %s', async (_name, file, code) => {
    expect((await refusalOf(readBytes(file()))).code).toBe(code);
  });

  it('IMP-2: refuses a workbook that is cut off at any place, or reads all of it', async () => {
    const whole = writeWorkbook({ sheets: [{ name: 'U', xml: inlineRows([['EMAIL'], ['ann@customer.example']]) }] });
    for (let length = 5; length < whole.length; length += 7) {
      const refused = await refusalOf(readBytes(whole.subarray(0, length)));
      expect(['import.damaged', 'import.not-a-spreadsheet'], `cut at ${length}`).toContain(refused.code);
    }
  });

  it('IMP-2: never gives a wrong value when one byte of the file flips', async () => {
    const whole = writeWorkbook({ sheets: [{ name: 'U', xml: inlineRows([['EMAIL'], ['ann@customer.example']]) }] });
    for (let at = 0; at < whole.length; at += 1) {
      const bytes = Buffer.from(whole);
      bytes[at] = (bytes[at] ?? 0) ^ 0x20;
      const outcome = await cellsOf(bytes).catch(() => EXPECTED);
      // A flipped sheet name in the relations is a missing sheet; a flipped letter of a cell fails the checksum.
      expect(outcome, `byte ${at}`).toEqual(EXPECTED);
    }
  });

  it('IMP-2: does not believe the size that a part declares', async () => {
    const bomb = deflateRawSync(`<workbook>${'<a/>'.repeat(20_000_000)}`);
    const zip = writeZip([{ name: 'xl/workbook.xml', content: bomb, isStored: true, method: 8, declaredBytes: 10 }]);
    expect((await refusalOf(readBytes(zip))).code).toBe('import.expands-too-far');
  });

  it('IMP-2: names the number of rows of a sheet that has too many', async () => {
    const rows = Array.from({ length: 200_000 }, (_, index) => `<row><c><v>${index}</v></c></row>`).join('');
    const refused = await refusalOf(readBytes(text(rows)));
    expect(refused).toMatchObject({ code: 'import.too-many-rows', details: { limit: 100_000, count: 200_000 } });
    const csv = 'a@b.example\n'.repeat(200_000);
    expect((await refusalOf(readBytes(csv))).details).toMatchObject({ limit: 100_000, count: 200_000 });
  });
});
