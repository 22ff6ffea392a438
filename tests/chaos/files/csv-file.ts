import { must } from '../../../shared/lib/must.ts';
import { TEXT_ENCODINGS, type TextEncoding } from '../../../shared/model/text-encoding.ts';
import { encodeText } from '../../imports/encode-text.ts';
import { below, isChance, oneOf, type Cell, type MadeFile, type Random } from './made-file.ts';
import { filledRows, randomTable, text } from './random-table.ts';

const NEWLINES = ['\r\n', '\r\n', '\n', '\n', '\r', 'mixed'] as const;
const [likeliest, ...others] = TEXT_ENCODINGS.filter((encoding) => !encoding.startsWith('utf'));
const LEGACY = [must(likeliest, 'an encoding of before Unicode'), ...others] as const;

/** Delimited text in every dialect and encoding. Where nothing could tell the encoding, the person has chosen it. */
export function csvFile(random: Random): MadeFile {
  const delimiter = oneOf(random, [',', ',', ';', ';', '\t', '|', ':', '^', '~', '#']);
  const encoding: TextEncoding = isChance(random, 0.6)
    ? oneOf(random, ['utf-8', 'utf-8', 'utf-16le', 'utf-16be'])
    : oneOf(random, LEGACY);
  const quoting = oneOf(random, ['needed', 'needed', 'all', 'single', 'backslash']);
  const newline = oneOf(random, NEWLINES);
  const hasMark = encoding.startsWith('utf') && isChance(random, 0.5);
  const hasSep = isChance(random, 0.1);
  const isLegacy = !encoding.startsWith('utf');
  const isUsual = [',', ';', '\t', '|'].includes(delimiter) && (quoting === 'needed' || quoting === 'all');
  const isChosen = isLegacy || !isUsual || isChance(random, 0.3);
  const table = randomTable(random, true).map((row) =>
    row.map((cell) => withoutBackslash(textOf(cell, encoding), quoting)),
  );
  const lines = table.map((row) => row.map((cell) => quoted(cell, { delimiter, quoting })).join(delimiter));
  // A lone CR before an empty line that ends with LF would be one line end.
  const ends = lines.map((_, at) =>
    newline !== 'mixed' ? newline : oneOf(random, lines[at + 1] === '' ? ['\r\n', '\n'] : ['\r\n', '\n', '\r']),
  );
  const body = lines
    .map((line, at) => line + (at === lines.length - 1 && isChance(random, 0.3) ? '' : (ends[at] ?? '')))
    .join('');
  const content = `${hasMark ? '\uFEFF' : ''}${hasSep ? `sep=${delimiter}\r\n` : ''}${body}`;
  return {
    name: oneOf(random, ['users.csv', 'users.csv', 'users.txt', 'users.xlsx', 'users.tsv', 'users']),
    family: 'csv',
    how: [JSON.stringify({ delimiter, encoding, quoting, newline, hasMark, hasSep, isChosen })],
    bytes: encodeText(content, encoding),
    truth: filledRows(table.map((row) => row.map(text))),
    ...(isChosen ? { choice: { encoding, delimiter } } : {}),
  };
}

/** Whether such a program doubles its backslashes is not to be seen in the file. */
function withoutBackslash(text: string, quoting: string): string {
  return quoting === 'backslash' ? text.replaceAll('\\', '/') : text;
}

/** Letters that the encoding has not become a question mark, as every program does it. */
function textOf(cell: Cell, encoding: TextEncoding): string {
  const text = cell.kind === 'text' ? cell.text : '';
  if (encoding.startsWith('utf')) return text;
  return Array.from(text, (letter) => {
    try {
      return encodeText(letter, encoding).length === 1 ? letter : '?';
    } catch {
      return '?';
    }
  }).join('');
}

function quoted(
  text: string,
  { delimiter, quoting }: { readonly delimiter: string; readonly quoting: string },
): string {
  const mark = quoting === 'single' ? "'" : '"';
  const isNeeded =
    text.includes(delimiter) ||
    text.includes('"') ||
    text.startsWith("'") ||
    /[\r\n]/u.test(text) ||
    text.startsWith(mark);
  if (quoting === 'needed' && !isNeeded) return text;
  if (quoting === 'backslash') return `"${text.replaceAll('"', '\\"')}"`;
  return `${mark}${text.replaceAll(mark, mark + mark)}${mark}`;
}

/** Bytes that are no list at all, or only partly. */
export function strangeText(random: Random): MadeFile {
  const made: readonly (readonly [string, () => Buffer])[] = [
    ['random bytes', () => Buffer.from(Array.from({ length: below(random, 5000) }, () => below(random, 256)))],
    [
      'random letters',
      () =>
        Buffer.from(
          Array.from({ length: below(random, 5000) }, () => ' ,;\t\n\r"\'@aA0\\é'[below(random, 15)]).join(''),
        ),
    ],
    ['nothing', () => Buffer.alloc(0)],
    ['zeros', () => Buffer.alloc(1 + below(random, 100_000))],
    [
      'a mark alone',
      () => Buffer.from(oneOf(random, ['efbbbf', 'fffe', 'feff', 'fffe0000', '0000feff', '2b2f7638']), 'hex'),
    ],
    ['one long line', () => Buffer.from('a'.repeat(below(random, 200_000)))],
    ['one quote', () => Buffer.from(`NAME,EMAIL\n"Ann,a@customer.example\n${'x,y\n'.repeat(below(random, 50_000))}`)],
    ['many columns', () => Buffer.from(`EMAIL${',x'.repeat(below(random, 2000))}\na@customer.example\n`)],
    ['many empty columns', () => Buffer.from(`EMAIL${','.repeat(below(random, 100_000))}\na@customer.example\n`)],
    ['many blank rows', () => Buffer.from(`EMAIL\n${'\n'.repeat(below(random, 500_000))}a@customer.example\n`)],
    ['only quotes', () => Buffer.from('"'.repeat(below(random, 100_000)))],
    ['only separators', () => Buffer.from(',;\t|\n'.repeat(below(random, 50_000)))],
    [
      'a cell too long',
      () => Buffer.from(`EMAIL,NAME\na@customer.example,"${'x'.repeat(32_000 + below(random, 2000))}"\n`),
    ],
    ['a web page', () => Buffer.from('<html><body><table><tr><td>EMAIL</td></tr></table></body></html>')],
    ['XML', () => Buffer.from('<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>')],
    ['JSON', () => Buffer.from('[{"email":"a@customer.example"}]')],
    ['a PDF', () => Buffer.from('%PDF-1.7\n%\u00e2\u00e3\n1 0 obj\n<</Type/Catalog>>\n')],
    [
      'mixed encodings',
      () =>
        Buffer.concat([
          Buffer.from('NAME,EMAIL\nZoë,a@customer.example\n'),
          Buffer.from('Zo\u00eb,b@customer.example\n', 'latin1'),
          Buffer.from('Zoë,c@customer.example\n', 'utf16le'),
        ]),
    ],
    ['NULs within', () => Buffer.from('NAME,EMAIL\nA\u0000nn,a@customer.example\n')],
    ['NULs far behind', () => Buffer.from(`NAME,EMAIL\n${'Ann,a@customer.example\n'.repeat(500)}\u0000\u0000`)],
    [
      'half a surrogate',
      () =>
        Buffer.concat([
          Buffer.from('\uFEFFEMAIL;NAME\na@customer.example;', 'utf16le'),
          Buffer.from([0x00, 0xd8, 0x0a, 0x00]),
        ]),
    ],
    [
      'an odd number of bytes',
      () => Buffer.concat([Buffer.from('\uFEFFEMAIL;NAME\na@customer.example;x\n', 'utf16le'), Buffer.from([0x41])]),
    ],
    [
      'overlong letters',
      () =>
        Buffer.concat([
          Buffer.from('EMAIL,NAME\na@customer.example,'),
          Buffer.from([0xc0, 0xaf, 0xe0, 0x80, 0xaf, 0xf8, 0x88, 0x0a]),
        ]),
    ],
    [
      'an old workbook',
      () =>
        Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(below(random, 5000), below(random, 256))]),
    ],
    ['gzip', () => Buffer.concat([Buffer.from('1f8b0800', 'hex'), Buffer.alloc(100, 7)])],
  ];
  const [name, make] = made[below(random, made.length)] ?? ['nothing', () => Buffer.alloc(0)];
  const choice = isChance(random, 0.2)
    ? { encoding: oneOf(random, ['utf-16le', 'utf-8', 'klingon']), delimiter: oneOf(random, ['"', '\n', 'x', ',']) }
    : null;
  return {
    name: 'users.csv',
    family: 'strange text',
    how: [name],
    bytes: make(),
    truth: null,
    ...(choice ? { choice } : {}),
  };
}
