import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createCellStyles } from './cell-styles.ts';
import type { ReadRow } from './read-rows.ts';
import { sharedStringEvents } from './shared-strings.ts';
import { sheetEvents } from './sheet-events.ts';
import { createTextPool } from './text-pool.ts';
import { createXmlScanner } from './xml-scanner.ts';
import type { XmlEvents } from './xml-scanner.ts';

type Way = 'quick' | 'tag by tag';

function told(events: XmlEvents, way: Way): XmlEvents {
  if (way === 'quick') return events;
  return {
    open: (name, tag) => events.open(name, tag),
    close: (name) => events.close(name),
    text: (piece) => events.text(piece),
  };
}

function scan(events: XmlEvents, xml: Buffer, cut: number): void {
  const scanner = createXmlScanner(events);
  for (let at = 0; at < xml.length; at += cut) scanner.write(xml.subarray(at, at + cut));
  scanner.end();
}

const strings = createTextPool();
for (const text of ['Ann', ' ', 'Zoë']) strings.add(text);

/** The rows of a sheet, or the sentence with which it is refused. */
function rowsOf(xml: string, way: Way, cut = 1_000_000): readonly ReadRow[] | string {
  const rows: ReadRow[] = [];
  const events = sheetEvents({
    ...{ strings, styles: createCellStyles().styles, isDate1904: false, isWanted: (column) => column !== 1 },
    onRow: (row) => rows.push(row),
  });
  try {
    scan(told(events, way), Buffer.from(xml), cut);
    return rows;
  } catch (error) {
    return String(error);
  }
}

const place = fc.constantFrom(
  ' r="A1"',
  ' r="B1"',
  ' r="AB7"',
  ' r="ABCD1"',
  ' r="a1"',
  ' r=""',
  " r='C1'",
  '',
  ' r="C1" ',
);
const type = fc.constantFrom(' t="s"', ' t="n"', ' t="str"', ' t="inlineStr"', ' t="e"', ' t="b"', ' t=""', '');
const style = fc.constantFrom(' s="1"', ' s="0"', ' s="x"', ' s="12345678"', ' x="1"', '');
const word = fc.constantFrom(
  '0',
  '1',
  '2',
  '7',
  '',
  '4.5',
  '1E3',
  '+44',
  'Zoë',
  'a&amp;b',
  '_x0041_',
  'a\r\nb',
  '  ',
  '00012',
);
const content = fc.oneof(
  word.map((text) => `<v>${text}</v>`),
  word.map((text) => `<is><t>${text}</t></is>`),
  word.map((text) => `<is><t xml:space="preserve">${text}</t></is>`),
  fc.constantFrom(
    '',
    '<f>A1</f>',
    '<f>A1</f><v>3</v>',
    '<v/>',
    '<v>1</v><v>2</v>',
    '<!-- x --><v>1</v>',
    '<v><![CDATA[1]]></v>',
  ),
);
const cell = fc
  .tuple(fc.shuffledSubarray([0, 1, 2], { minLength: 0 }), place, style, type, content)
  .map(([order, ...parts]) => `<c${order.map((at) => parts[at]).join('')}>${parts[3]}</c>`);
const odd = fc.constantFrom(
  '<c r="D1"/>',
  '<c />',
  '<c r="D1" s="2"/>',
  '<x:c r="E1"><v>1</v></x:c>',
  '<cc/>',
  '<c r="D1"><c r="E1"><v>1</v></c></c>',
);
const sheet = fc
  .array(
    fc.tuple(
      fc.constantFrom(' r="1"', '', ' r="9"'),
      fc.array(fc.oneof({ weight: 6, arbitrary: cell }, odd), { maxLength: 6 }),
    ),
  )
  .map((rows) => rows.map(([at, cells]) => `<row${at}>${cells.join('')}</row>`).join('\n'))
  .map((rows) => `<worksheet><cols/><sheetData>${rows}</sheetData><c r="A1"><v>5</v></c></worksheet>`);

test('IMP-2: cells that are read in one go say what they say tag by tag', () => {
  fc.assert(
    fc.property(sheet, (xml) => {
      expect(rowsOf(xml, 'quick')).toEqual(rowsOf(xml, 'tag by tag'));
    }),
    { numRuns: 2000 },
  );
});

test('IMP-2: it does not matter where the bytes of a sheet are cut', () => {
  fc.assert(
    fc.property(sheet, fc.integer({ min: 1, max: 40 }), (xml, cut) => {
      expect(rowsOf(xml, 'quick', cut)).toEqual(rowsOf(xml, 'tag by tag'));
    }),
    { numRuns: 200 },
  );
});

test('IMP-2: shared texts that are read in one go are those that are told tag by tag', () => {
  const string = fc.oneof(
    word.map((text) => `<si><t>${text}</t></si>`),
    word.map((text) => `<si><t xml:space="preserve">${text}</t></si>`),
    fc.constantFrom(
      '<si/>',
      '<si><t/></si>',
      '<si><r><t>a</t></r><r><t>b</t></r></si>',
      '<si><t>a</t><rPh><t>b</t></rPh></si>',
    ),
  );
  const textsOf = (xml: Buffer, way: Way, cut: number): readonly (string | null)[] => {
    const pool = createTextPool();
    scan(told(sharedStringEvents(pool), way), xml, cut);
    return Array.from({ length: 12 }, (_, index) => pool.get(index));
  };
  fc.assert(
    fc.property(fc.array(string, { maxLength: 10 }), fc.integer({ min: 1, max: 60 }), (strings, cut) => {
      const xml = Buffer.from(`<sst>${strings.join('')}</sst>`);
      expect(textsOf(xml, 'quick', cut)).toEqual(textsOf(xml, 'tag by tag', xml.length));
    }),
    { numRuns: 200 },
  );
});
