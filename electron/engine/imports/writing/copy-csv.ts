import type { CsvDialect } from '../reading/csv-dialect.ts';
import { csvRecords } from '../reading/csv-records.ts';
import type { CsvPlace } from '../reading/csv-scanner.ts';
import type { SourceFile } from '../reading/source-file.ts';
import { NEW_HEADINGS } from './new-columns.ts';
import type { NewColumns } from './new-columns.ts';
import { SheetProblem } from './sheet-problem.ts';
import type { TargetFile } from './target-file.ts';

const BYTE_ORDER_MARK = '\uFEFF';
/** What a strict decoder throws. */
const UNDECODABLE = 'ERR_ENCODING_INVALID_ENCODED_DATA';

type CsvReading = { readonly encoding: string; readonly delimiter: string };

/** Copies delimited text in UTF-8; what stands in its lines stays as it is. Resolves how many rows have something in the new columns. */
export async function copyCsv(
  file: SourceFile,
  { encoding, delimiter, headerRow, outcomeOf, turn }: NewColumns & CsvReading,
  target: TargetFile,
): Promise<number> {
  const choice = { encoding, delimiter };
  let width = 0;
  await csvRecords(file, choice, {
    start: () => (_fields, place) => {
      width = Math.max(width, place.width);
    },
    pause: turn,
  });
  let row = 0;
  let rowCount = 0;
  let ready = BYTE_ORDER_MARK;
  const flush = async (): Promise<void> => {
    const bytes = Buffer.from(ready, 'utf8');
    ready = '';
    await target.write(bytes);
    await turn();
  };
  const added = (place: CsvPlace, dialect: CsvDialect): string => {
    const outcome = row === headerRow ? null : outcomeOf(row);
    if (outcome) rowCount += 1;
    const texts = row === headerRow ? NEW_HEADINGS : outcome && [outcome.status, outcome.reason];
    if (!texts) return '';
    const cells = texts.map((text) => csvCell(text, dialect));
    return dialect.delimiter.repeat(width - place.width) + cells.map((cell) => dialect.delimiter + cell).join('');
  };
  try {
    await csvRecords(file, choice, {
      start: ({ sepLine, dialect }) => {
        ready += sepLine;
        return (_fields, place) => {
          row += 1;
          const { text, start, end, next } = place;
          ready += text.slice(start, end) + added(place, dialect) + text.slice(end, next);
        };
      },
      pause: flush,
      isStrict: true,
    });
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === UNDECODABLE) throw new SheetProblem('letters');
    throw error;
  }
  await flush();
  return rowCount;
}

/** Spreadsheet programs run what begins like a formula; an apostrophe makes it text. */
function csvCell(text: string, { delimiter, quote, hasBackslashes }: CsvDialect): string {
  const line = text.replaceAll(/[\r\n]+/gu, ' ');
  const inert = /^[=+\-@\t]/u.test(line) ? `'${line}` : line;
  // Where a backslash escapes the quotation mark behind it, none may stand before one.
  const plain = hasBackslashes ? inert.replaceAll('\\', '/') : inert;
  const isQuoted = plain.includes(delimiter) || plain.includes(quote) || plain.trim() !== plain;
  return isQuoted ? quote + plain.replaceAll(quote, quote + quote) + quote : plain;
}
