import { isEmail } from '../../../../shared/model/email.ts';
import { TEXT_DELIMITERS } from '../../../../shared/model/text-encoding.ts';
import { createCsvScanner } from './csv-scanner.ts';

/** How cells are told apart. A quotation mark within quotes is doubled, or stands behind a backslash as MySQL writes it. */
export type CsvDialect = {
  readonly delimiter: string;
  readonly quote: '"' | "'";
  readonly hasBackslashes: boolean;
};

/** How much of the file is looked at; a shorter sample is the whole file. */
export const SAMPLE_CHARACTERS = 64 * 1024;
const SAMPLE_ROWS = 100;
/** These separate cells; a colon also stands in times, so the rest is looked at only when none of these does. */
const USUAL = 4;
const ADDRESS_BONUS = 0.25;
/** For text behind closing quotation marks: they were none, or the delimiter is another one. */
const SLIP_COST = 0.3;

/** The delimiter that an Excel `sep=` line names, and the text after that line. */
export function takeSepLine(text: string): { readonly delimiter: string | null; readonly rest: string } {
  const match = /^"?sep=([^\r\n"])"?(?:\r\n|\r|\n)/iu.exec(text);
  return { delimiter: match?.[1] ?? null, rest: match ? text.slice(match[0].length) : text };
}

/** The dialect that cuts most of the first rows into the same number of cells. Commas when none does: one column. */
export function detectDialect(sample: string, chosenDelimiter: string | null): CsvDialect {
  const usual = TEXT_DELIMITERS.slice(0, USUAL);
  const others = TEXT_DELIMITERS.slice(USUAL);
  const found =
    chosenDelimiter === null
      ? (best(sample, usual, 0) ?? best(sample, others, 0.9))
      : best(sample, [chosenDelimiter], 0);
  return found ?? dialectWith(sample, chosenDelimiter ?? ',', false);
}

function dialectWith(sample: string, delimiter: string, hasBackslashes: boolean): CsvDialect {
  return { delimiter, quote: isSingleQuoted(sample, delimiter) ? "'" : '"', hasBackslashes };
}

function best(sample: string, delimiters: readonly string[], least: number): CsvDialect | null {
  let found: { readonly dialect: CsvDialect; readonly score: number } | null = null;
  for (const delimiter of delimiters) {
    for (const hasBackslashes of sample.includes('\\"') ? [false, true] : [false]) {
      const dialect = dialectWith(sample, delimiter, hasBackslashes);
      const score = scoreOf(sample, dialect);
      if (score > (found?.score ?? least)) found = { dialect, score };
    }
  }
  return found?.dialect ?? null;
}

/** Most cells stand between apostrophes, and none begins with one that does not end: 't Hart is a name. */
function isSingleQuoted(sample: string, delimiter: string): boolean {
  if (!sample.includes("'") || sample.includes(`${delimiter}"`)) return false;
  const lines = sample.split(/\r\n|\r|\n/u, SAMPLE_ROWS).filter((line) => line !== '');
  // Half of them: a cell with line breaks takes several lines.
  const most = lines.length / 2;
  const begun = lines.filter((line) => line.startsWith("'")).length;
  const between = lines.filter((line) => line.includes(`'${delimiter}'`)).length;
  return begun >= most && (between >= most || lines.every((line) => /^'.*'$/u.test(line)));
}

/** Share of rows with the commonest width first, that width second; 0 for a width of one. */
function scoreOf(sample: string, dialect: CsvDialect): number {
  const widths = new Map<number, number>();
  let rows = 0;
  let addresses = 0;
  const scanner = createCsvScanner(dialect, (fields) => {
    if (rows >= SAMPLE_ROWS || (fields.length === 1 && fields[0] === '')) return;
    rows += 1;
    widths.set(fields.length, (widths.get(fields.length) ?? 0) + 1);
    if (fields.length > 1 && fields.some((field) => isEmail(field.trim()))) addresses += 1;
  });
  try {
    scanner.write(sample);
    // What follows the last line end may be half a row; it counts only when it is all there is.
    if (rows === 0 || sample.length < SAMPLE_CHARACTERS) scanner.end();
  } catch {
    return 0;
  }
  let commonest = { width: 1, count: 0 };
  for (const [width, count] of widths) {
    if (width > 1 && count > commonest.count) commonest = { width, count };
  }
  if (commonest.width === 1) return 0;
  const bonus = (addresses / rows) * ADDRESS_BONUS - (scanner.slips() > 0 ? SLIP_COST : 0);
  return commonest.count / rows + Math.min(commonest.width, 99) / 1000 + bonus;
}
