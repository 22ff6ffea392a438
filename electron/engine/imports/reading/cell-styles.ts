import { numberFormat } from './number-text.ts';
import type { NumberFormat } from './number-text.ts';
import type { XmlEvents } from './xml-scanner.ts';

/** Number formats by the style number of a cell. */
export type CellStyles = { formatOf(style: number): NumberFormat };

const MAX_STYLES = 65_536;

/** Reads `styles.xml` as far as a number's text depends on it. */
export function createCellStyles(): { readonly events: XmlEvents; readonly styles: CellStyles } {
  const codes = new Map<number, string>();
  const formats: NumberFormat[] = [];
  const pending: number[] = [];
  let isInCellFormats = false;

  const events: XmlEvents = {
    open: (name, tag) => {
      if (name === 'numFmt' && codes.size < MAX_STYLES) {
        codes.set(Number(tag.attribute('numFmtId')), tag.attribute('formatCode') ?? '');
      } else if (name === 'cellXfs') isInCellFormats = true;
      else if (name === 'xf' && isInCellFormats && pending.length < MAX_STYLES) {
        pending.push(Number(tag.attribute('numFmtId') ?? 0));
      }
    },
    close: (name) => {
      if (name === 'cellXfs') isInCellFormats = false;
    },
    text: () => undefined,
  };
  return {
    events,
    styles: {
      formatOf: (style) => {
        const known = formats[style];
        if (known) return known;
        const id = pending[style] ?? 0;
        return (formats[style] = numberFormat(id, codes.get(id)));
      },
    },
  };
}
