import { addressList } from './address-list.ts';
import { readCsv } from './read-csv.ts';
import { ReadProblem } from './read-problem.ts';
import type { ReadChoice, RowSink } from './read-rows.ts';
import type { ReadSource } from './read-spreadsheet.ts';
import { createRowCounter } from './row-counter.ts';
import { openPasted } from './source-file.ts';

const HEADINGS = ['NAME', 'EMAIL'];

/** Reads what was pasted: cells of a spreadsheet, a list of addresses, or any delimited text. */
export async function readPasted(content: Uint8Array, choice: ReadChoice, sink: RowSink): Promise<ReadSource> {
  const pasted = openPasted(content);
  if (pasted.sizeBytes === 0) throw new ReadProblem('import.empty', 'nothing was pasted');
  // Whoever chooses a delimiter says that it is a table.
  const isTable = choice.delimiter !== undefined && choice.delimiter !== '';
  const people = isTable ? null : addressList(Buffer.from(content).toString('utf8'));
  if (people) {
    const counter = createRowCounter(sink);
    sink.shape({ format: 'csv', sheets: [], sheet: '', encoding: '', delimiter: '' });
    counter.add({ number: 1, cells: HEADINGS, marks: null });
    for (const [index, { name, email }] of people.entries()) {
      counter.add({ number: index + 2, cells: [name, email], marks: null });
      if (index % 1000 === 999) await sink.pause();
    }
    counter.check();
  } else {
    await readCsv(
      pasted,
      { ...choice, encoding: 'utf-8' },
      { ...sink, shape: (found) => sink.shape({ ...found, encoding: '' }) },
    );
  }
  return { sha256: await pasted.seal(), sizeBytes: pasted.sizeBytes, modifiedMs: pasted.modifiedMs };
}
