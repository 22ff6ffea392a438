import { csvRecords } from './csv-records.ts';
import type { OnRecord } from './csv-scanner.ts';
import { ReadProblem } from './read-problem.ts';
import type { ReadChoice, RowSink } from './read-rows.ts';
import { createRowCounter } from './row-counter.ts';
import type { RowCounter } from './row-counter.ts';
import type { SourceFile } from './source-file.ts';

/** Reads delimited text: .csv, .txt, .tsv. Rows are numbered as a spreadsheet program shows them. */
export async function readCsv(file: SourceFile, choice: ReadChoice, sink: RowSink): Promise<void> {
  const counter = createRowCounter(sink);
  try {
    await csvRecords(file, choice, {
      start: ({ encoding, dialect, text }) => {
        refuseMarkup(text);
        sink.shape({ format: 'csv', sheets: [], sheet: '', encoding, delimiter: dialect.delimiter });
        return rowsInto(counter);
      },
      pause: () => sink.pause(),
    });
  } finally {
    counter.check();
  }
  if (counter.count() === 0) throw new ReadProblem('import.empty', 'no rows');
}

function rowsInto(counter: RowCounter): OnRecord {
  let number = 0;
  return (fields) => {
    number += 1;
    // DOS programs end a file with Ctrl+Z.
    if (fields.length === 1 && fields[0] === '\u001A') return;
    while (fields.length > 0 && fields.at(-1) === '') fields.pop();
    if (fields.some((field) => field.trim() !== '')) counter.add({ number, cells: fields, marks: null });
  };
}

/** Web pages and XML saved with a spreadsheet's name (many portals export them so), and other text that is no list. */
function refuseMarkup(text: string): void {
  const start = text.slice(0, 2000).trimStart().toLowerCase();
  if (/^(?:<!doctype|<html|<\?xml|<table|<workbook|<head|<meta|%pdf-|\{\\rtf)/u.test(start)) {
    throw new ReadProblem('import.not-a-spreadsheet', start.startsWith('<') ? 'web page or XML' : 'document');
  }
}
