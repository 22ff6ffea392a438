import { ReadProblem } from './read-problem.ts';
import { readCsv } from './read-csv.ts';
import type { ReadChoice, RowSink } from './read-rows.ts';
import { readXlsx } from './read-xlsx.ts';
import { openSourceFile } from './source-file.ts';
import type { SourceFile } from './source-file.ts';

/** What the file was when every row of it had been read. */
export type ReadSource = { readonly sha256: string; readonly sizeBytes: number; readonly modifiedMs: number };

/** Reads any file to its end: rows into the sink, or one ReadProblem. What it is shows in its bytes, not in its name. */
export async function readSpreadsheet(path: string, choice: ReadChoice, sink: RowSink): Promise<ReadSource> {
  const file = await openSourceFile(path);
  try {
    const start = await file.read(0, Math.min(8, file.sizeBytes));
    if (start.toString('latin1', 0, 8) === OLE) await refuseOle(file);
    const isZip = start.toString('latin1', 0, 2) === 'PK' && (start[2] ?? 99) < 9 && (start[3] ?? 99) < 9;
    await (isZip ? readXlsx(file, choice, sink) : readCsv(file, choice, sink));
    return { sha256: await file.seal(), sizeBytes: file.sizeBytes, modifiedMs: file.modifiedMs };
  } finally {
    await file.close();
  }
}

/** Compound files: old .xls workbooks, and .xlsx workbooks with a password (MS-OFFCRYPTO). */
const OLE = '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1';

async function refuseOle(file: SourceFile): Promise<never> {
  const name = Buffer.from('EncryptedPackage', 'utf16le');
  let overlap = Buffer.alloc(0);
  for await (const chunk of file.chunks()) {
    const window = Buffer.concat([overlap, chunk]);
    if (window.includes(name)) throw new ReadProblem('import.password-protected', 'the workbook is encrypted');
    overlap = window.subarray(Math.max(0, window.length - name.length));
  }
  throw new ReadProblem('import.not-a-spreadsheet', 'old Excel workbook (.xls)');
}
