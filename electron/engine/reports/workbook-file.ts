import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { once } from 'node:events';
import type { stream } from 'exceljs';

export type WorkbookWritten =
  | { readonly ok: true; readonly rowCount: number }
  | { readonly ok: false; readonly detail: string };

/** Writes a workbook row by row. The file is there as a whole or not at all; `fill` resolves how many rows it wrote. */
export async function writeWorkbookFile(
  path: string,
  fill: (workbook: stream.xlsx.WorkbookWriter) => Promise<number>,
): Promise<WorkbookWritten> {
  const part = `${path}.part`;
  try {
    const rowCount = await writeWorkbook(part, fill);
    await rename(part, path);
    return { ok: true, rowCount };
  } catch (error) {
    await rm(part, { force: true }).catch(() => undefined);
    if (error instanceof Error && 'code' in error) return { ok: false, detail: String(error.code) };
    throw error;
  }
}

async function writeWorkbook(
  path: string,
  fill: (workbook: stream.xlsx.WorkbookWriter) => Promise<number>,
): Promise<number> {
  // Loaded when it is needed: it takes 100 ms, which no start of the engine should wait for.
  const { default: ExcelJS } = await import('exceljs');
  const file = createWriteStream(path);
  // An early failure (no folder, no permission) would otherwise leave the writer waiting for ever.
  await once(file, 'open');
  const failed = once(file, 'error').then(([error]: unknown[]) => Promise.reject(error as Error));
  failed.catch(() => undefined);
  const workbook = new ExcelJS.stream.xlsx.WorkbookWriter({ stream: file, useStyles: true, useSharedStrings: false });
  const rowCount = await Promise.race([fill(workbook), failed]);
  await Promise.race([workbook.commit(), failed]);
  return rowCount;
}
