import { columnLetters, columnNamed } from '../reading/cell-place.ts';
import { createXmlScanner } from '../reading/xml-scanner.ts';
import type { XmlEvents, XmlPlace } from '../reading/xml-scanner.ts';
import type { XmlTag } from '../reading/xml-tag.ts';
import { createByteEdits } from './byte-edits.ts';
import type { ByteEdits } from './byte-edits.ts';
import { columnWidths } from './column-widths.ts';
import { rowCells } from './row-cells.ts';
import type { NewCells } from './row-cells.ts';

export type SheetEdit = NewCells & {
  /** Of the new columns, in characters. */
  readonly widths: readonly number[];
};

/** Passes a sheet part through and adds the cells; every byte that is not in their way stays as it is. */
export async function* editSheet(chunks: AsyncIterable<Buffer>, edit: SheetEdit): AsyncGenerator<Buffer, void> {
  const edits = createByteEdits();
  const rows = rowCells(edits, edit);
  const widths = columnWidths(
    edits,
    edit.widths.map((width, index) => ({ column: edit.column + index + 1, width })),
  );
  const lastColumn = edit.column + edit.widths.length - 1;
  let isInData = false;

  const events: XmlEvents = {
    open: (name, tag) => {
      if (isInData && name === 'row') rows.openRow(tag, scanner.place());
      else if (isInData && name === 'c') rows.openCell(tag, scanner.place());
      else if (isInData && name === 'extLst' && !rows.isInCell()) rows.endCells(scanner.place());
      else if (!isInData && name === 'dimension') widen(edits, { tag, place: scanner.place(), lastColumn });
      else if (!isInData) {
        widths.open(name, tag, scanner.place());
        isInData = name === 'sheetData';
      }
    },
    close: (name) => {
      if (!isInData) widths.close(name, scanner.place());
      else if (name === 'c') rows.closeCell(scanner.place());
      // An empty row was filled when it was opened.
      else if (name === 'row') rows.endCells(scanner.place());
      else if (name === 'sheetData') isInData = false;
    },
    text: () => undefined,
  };
  const scanner = createXmlScanner(events);
  for await (const chunk of chunks) {
    edits.add(chunk);
    scanner.write(chunk);
    yield edits.take(rows.heldFrom() ?? scanner.position());
  }
  scanner.end();
  yield edits.take(Infinity);
}

/** Readers that trust the dimension would not see the new columns. */
function widen(
  edits: ByteEdits,
  {
    tag,
    place: { start, end },
    lastColumn,
  }: { readonly tag: XmlTag; readonly place: XmlPlace; readonly lastColumn: number },
): void {
  const [ref, from = '', fromRow = '', to = '', toRow = fromRow] =
    /^([A-Z]{1,3})(\d+)(?::([A-Z]{1,3})(\d+))?$/u.exec(tag.attribute('ref') ?? '') ?? [];
  if (ref === undefined || columnNamed(to === '' ? from : to) >= lastColumn) return;
  const wider = `${from}${fromRow}:${columnLetters(lastColumn)}${toRow}`;
  edits.replace(start, end, edits.text(start, end).replace(ref, wider));
}
