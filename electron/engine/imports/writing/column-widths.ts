import type { XmlTag } from '../reading/xml-tag.ts';
import type { XmlPlace } from '../reading/xml-scanner.ts';
import type { ByteEdits } from './byte-edits.ts';

/** Counted from 1, as `<col>` does. */
type Wanted = { readonly column: number; readonly width: number };

export type ColumnWidths = {
  open(name: string, tag: XmlTag, place: XmlPlace): void;
  close(name: string, place: XmlPlace): void;
};

/** Gives new columns a width. A column that has one keeps it; one that is hidden is shown, or nobody would see what was written. */
export function columnWidths(edits: ByteEdits, wanted: readonly Wanted[]): ColumnWidths {
  const left = [...wanted];
  let prefix = '';
  const cols = (isBefore: (column: number) => boolean): string => {
    let text = '';
    for (let next = left[0]; next && isBefore(next.column); next = left[0]) {
      text += `<${prefix}col min="${next.column}" max="${next.column}" width="${next.width}" customWidth="1"/>`;
      left.shift();
    }
    return text;
  };
  const all = (): boolean => true;

  function openCol(tag: XmlTag, { start, end }: XmlPlace): void {
    const [min, max] = [Number(tag.attribute('min')), Number(tag.attribute('max'))];
    const missing = cols((column) => column < min);
    const covered = left.filter(({ column }) => column <= max);
    left.splice(0, covered.length);
    const first = covered[0]?.column;
    if (first === undefined || !/^(?:1|true)$/u.test(tag.attribute('hidden') ?? '')) {
      if (missing !== '') edits.replace(start, start, missing);
      return;
    }
    const raw = edits.text(start, end);
    const last = covered.at(-1)?.column ?? first;
    const shown = covered.map(({ column, width }) =>
      ranged(raw, column, column)
        .replace(HIDDEN, '')
        .replace(/\swidth\s*=\s*(?:"[^"]*"|'[^']*')/u, ` width="${width}"`),
    );
    const before = first > min ? ranged(raw, min, first - 1) : '';
    const after = last < max ? ranged(raw, last + 1, max) : '';
    // A tag that is closed by another one cannot stand several times.
    const pieces = [before, ...shown, after].map((piece) => piece.replace(/\s*\/?>$/u, '/>'));
    const whole = pieces.filter((piece) => piece !== '').join('');
    edits.replace(start, end, missing + (raw.endsWith('/>') ? whole : whole.replace(/\/>$/u, '>')));
  }

  return {
    open(name, tag, place) {
      if (name === 'cols') prefix = prefixOf(edits.text(place.start, place.end));
      else if (name === 'col') openCol(tag, place);
      else if (name === 'sheetData' && left.length > 0) {
        prefix = prefixOf(edits.text(place.start, place.end));
        edits.replace(place.start, place.start, `<${prefix}cols>${cols(all)}</${prefix}cols>`);
      }
    },
    close(name, { start, end, isEmpty }) {
      if (name !== 'cols' || left.length === 0) return;
      if (isEmpty) edits.replace(start, end, `<${prefix}cols>${cols(all)}</${prefix}cols>`);
      else edits.replace(start, start, cols(all));
    },
  };
}

const HIDDEN = /\shidden\s*=\s*(?:"[^"]*"|'[^']*')/u;

function ranged(raw: string, min: number, max: number): string {
  return raw
    .replace(/\smin\s*=\s*(?:"[^"]*"|'[^']*')/u, ` min="${min}"`)
    .replace(/\smax\s*=\s*(?:"[^"]*"|'[^']*')/u, ` max="${max}"`);
}

/** `<x:row r="1">` → `x:`. */
export function prefixOf(raw: string): string {
  return /^<([^\s:/>]+:)/u.exec(raw)?.[1] ?? '';
}
