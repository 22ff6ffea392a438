import { createCellStyles } from './cell-styles.ts';
import type { CellStyles } from './cell-styles.ts';
import { ReadProblem } from './read-problem.ts';
import type { ReadChoice, RowSink } from './read-rows.ts';
import { createRowCounter } from './row-counter.ts';
import { sharedStringEvents } from './shared-strings.ts';
import { sheetEvents } from './sheet-events.ts';
import type { SourceFile } from './source-file.ts';
import { createTextPool } from './text-pool.ts';
import type { TextPool } from './text-pool.ts';
import { readWorkbook } from './workbook-parts.ts';
import type { Sheet, Workbook } from './workbook-parts.ts';
import { xmlReader } from './xml-reader.ts';
import type { ReadXml } from './xml-reader.ts';
import { readZipDirectory } from './zip-archive.ts';

/** Reads one sheet of a workbook: the chosen one, else the first visible one that has rows. */
export async function readXlsx(file: SourceFile, choice: ReadChoice, sink: RowSink): Promise<void> {
  const parts = await readZipDirectory(file);
  if (parts.has('encryptedpackage')) throw new ReadProblem('import.password-protected', 'the workbook is encrypted');
  const readXml = xmlReader(file);
  const workbook = await readWorkbook(parts, readXml);
  const candidates = sheetsToTry(workbook, choice.sheet);
  if (candidates.length === 0) throw new ReadProblem('import.empty', 'no sheet with rows');

  const strings = createTextPool();
  if (workbook.sharedStrings) await readXml(workbook.sharedStrings, sharedStringEvents(strings));
  const { events, styles } = createCellStyles();
  if (workbook.styles) await readXml(workbook.styles, events);

  for (const sheet of candidates) {
    const hasRows = await readSheet({ sheet, workbook, strings, styles, sink, readXml });
    if (hasRows) return;
  }
  throw new ReadProblem('import.empty', 'no rows', { sheet: candidates[0]?.name ?? '' });
}

function sheetsToTry(workbook: Workbook, chosen: string | undefined): readonly Sheet[] {
  const visible = workbook.sheets.filter((sheet) => !sheet.isHidden);
  if (chosen === undefined) return visible.length > 0 ? visible : workbook.sheets;
  const sheet = workbook.sheets.find((candidate) => candidate.name === chosen);
  if (!sheet) throw new ReadProblem('import.file-changed', 'the sheet is not in the file any more', { sheet: chosen });
  return [sheet];
}

async function readSheet(options: {
  readonly sheet: Sheet;
  readonly workbook: Workbook;
  readonly strings: TextPool;
  readonly styles: CellStyles;
  readonly sink: RowSink;
  readonly readXml: ReadXml;
}): Promise<boolean> {
  const { sheet, workbook, strings, styles, sink, readXml } = options;
  const counter = createRowCounter(sink);
  const events = sheetEvents({
    strings,
    styles,
    isDate1904: workbook.isDate1904,
    isWanted: (column) => sink.isWanted?.(column) ?? true,
    onRow: (row) => {
      if (counter.count() === 0) {
        const sheets = workbook.sheets.map(({ name }) => name);
        sink.shape({ format: 'xlsx', sheets, sheet: sheet.name, encoding: '', delimiter: '' });
      }
      counter.add(row);
    },
  });
  try {
    await readXml(sheet.part, events, () => sink.pause());
  } finally {
    counter.check();
  }
  return counter.count() > 0;
}
