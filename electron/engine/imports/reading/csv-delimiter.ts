import { createCsvScanner } from './csv-scanner.ts';

const DELIMITERS = [',', ';', '\t', '|'] as const;
/** How much of the file is looked at; a shorter sample is the whole file. */
export const SAMPLE_CHARACTERS = 64 * 1024;
const SAMPLE_ROWS = 100;

/** The delimiter that an Excel `sep=` line names, and the text after that line. */
export function takeSepLine(text: string): { readonly delimiter: string | null; readonly rest: string } {
  const match = /^sep=([,;|\t])(?:\r\n|\r|\n)/iu.exec(text);
  return { delimiter: match?.[1] ?? null, rest: match ? text.slice(match[0].length) : text };
}

/** The delimiter that cuts most of the first rows into the same number of cells. A comma when none does: one column. */
export function detectDelimiter(sample: string): string {
  let best: { readonly delimiter: string; readonly score: number } = { delimiter: ',', score: 0 };
  for (const delimiter of DELIMITERS) {
    const score = scoreOf(sample, delimiter);
    if (score > best.score) best = { delimiter, score };
  }
  return best.delimiter;
}

/** Share of rows with the commonest width first, that width second; 0 for a width of one. */
function scoreOf(sample: string, delimiter: string): number {
  const widths = new Map<number, number>();
  let rows = 0;
  const scanner = createCsvScanner(delimiter, (fields) => {
    if (rows >= SAMPLE_ROWS || (fields.length === 1 && fields[0] === '')) return;
    rows += 1;
    widths.set(fields.length, (widths.get(fields.length) ?? 0) + 1);
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
  return commonest.width === 1 ? 0 : commonest.count / rows + Math.min(commonest.width, 99) / 1000;
}
