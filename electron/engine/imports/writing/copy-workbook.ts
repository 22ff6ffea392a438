import { MAX_COLUMN } from '../reading/cell-place.ts';
import type { SourceFile } from '../reading/source-file.ts';
import { createUnpackBudget } from '../reading/unpack-budget.ts';
import { unpackPart } from '../reading/unpack-part.ts';
import { readWorkbook } from '../reading/workbook-parts.ts';
import { utf16Of } from '../reading/xml-encoding.ts';
import { xmlReader } from '../reading/xml-reader.ts';
import { createXmlScanner } from '../reading/xml-scanner.ts';
import { readZipDirectory } from '../reading/zip-archive.ts';
import type { ZipEntry } from '../reading/zip-archive.ts';
import { copyZip } from './copy-zip.ts';
import { editSheet } from './edit-sheet.ts';
import type { NewColumns } from './new-columns.ts';
import { NEW_HEADINGS } from './new-columns.ts';
import { SheetProblem } from './sheet-problem.ts';
import { sheetWidth } from './sheet-width.ts';
import type { TargetFile } from './target-file.ts';

/** About two milliseconds of work. */
const SLICE_BYTES = 64 * 1024;
/** In characters, as Excel counts widths. */
const WIDTHS = [16, 60];

/** Copies a workbook; one sheet gets the new columns. Resolves how many rows have something in them. */
export async function copyWorkbook(
  file: SourceFile,
  { sheetName, headerRow, outcomeOf, turn }: NewColumns & { readonly sheetName: string },
  target: TargetFile,
): Promise<number> {
  const parts = await readZipDirectory(file);
  // A signature would tell whoever opens the copy that it was forged.
  if ([...parts.keys()].some((name) => name.startsWith('_xmlsignatures/'))) throw new SheetProblem('signed');
  const { sheets } = await readWorkbook(parts, xmlReader(file));
  const part = sheets.find(({ name }) => name === sheetName)?.part;
  if (!part) throw new SheetProblem('structure', 'no such sheet');
  const column = (await lastColumn(sheetBytes(file, part, turn), headerRow)) + 1;
  if (column + WIDTHS.length > MAX_COLUMN) throw new SheetProblem('columns');
  let rowCount = 0;
  const content = editSheet(sheetBytes(file, part, turn), {
    ...{ column, headerRow, widths: WIDTHS },
    textsOf: (row) => {
      if (row === headerRow) return NEW_HEADINGS;
      const outcome = outcomeOf(row);
      return outcome && [outcome.status, outcome.reason];
    },
    onRow: (row) => {
      if (row !== headerRow) rowCount += 1;
    },
  });
  await copyZip({ file, parts, exchanged: part, content, target });
  return rowCount;
}

async function lastColumn(chunks: AsyncIterable<Buffer>, headerRow: number): Promise<number> {
  const width = sheetWidth(Math.max(1, headerRow));
  const scanner = createXmlScanner(width.events);
  for await (const chunk of chunks) scanner.write(chunk);
  scanner.end();
  return width.lastColumn();
}

/** The part as it stands. Whatever its encoding, the markup in it is ASCII, except in UTF-16. */
async function* sheetBytes(file: SourceFile, part: ZipEntry, turn: () => Promise<void>): AsyncGenerator<Buffer, void> {
  let isFirst = true;
  for await (const chunk of unpackPart(file, part, createUnpackBudget())) {
    if (isFirst && utf16Of(chunk)) throw new SheetProblem('encoding');
    isFirst = false;
    for (let at = 0; at < chunk.length; at += SLICE_BYTES) {
      yield chunk.subarray(at, at + SLICE_BYTES);
      await turn();
    }
  }
}
