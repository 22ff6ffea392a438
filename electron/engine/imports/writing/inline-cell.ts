import { columnLetters } from '../reading/cell-place.ts';
import { READ_LIMITS } from '../reading/read-limits.ts';

export type InlineCell = {
  /** Of the namespace, with its colon; '' for none. */
  readonly prefix: string;
  readonly column: number;
  readonly row: number;
  /** The number of its format; null: none. */
  readonly style: string | null;
  readonly text: string;
};

/** A cell that carries its own text, in ASCII. */
export function inlineCell({ prefix, column, row, style, text }: InlineCell): string {
  const place = `r="${columnLetters(column)}${row}"${style === null ? '' : ` s="${style}"`}`;
  return `<${prefix}c ${place} t="inlineStr"><${prefix}is><${prefix}t xml:space="preserve">${cellText(text)}</${prefix}t></${prefix}is></${prefix}c>`;
}

/** What XML forbids is left out; what Excel would take for one of its escapes is escaped. */
function cellText(text: string): string {
  return (
    text
      .slice(0, READ_LIMITS.cellCharacters)
      .replaceAll(/\r\n?/gu, '\n')
      // oxlint-disable-next-line no-control-regex -- these are what XML forbids
      .replaceAll(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]|\p{Surrogate}/gu, '')
      .replaceAll(/_(?=x[0-9A-Fa-f]{4}_)/gu, '_x005F_')
      .replaceAll(/[&<>"\u007F-\u{10FFFF}]/gu, (letter) => `&#${letter.codePointAt(0)};`)
  );
}
