import { stat } from 'node:fs/promises';
import { done, refuse } from '../../../../shared/rpc/outcome.ts';
import type { Outcome } from '../../../../shared/rpc/outcome.ts';
import type { ImportReading, StoredImport } from '../../database/import-repository.ts';
import { ReadProblem } from '../reading/read-problem.ts';
import { openSourceFile } from '../reading/source-file.ts';
import type { SourceFile } from '../reading/source-file.ts';
import { copyCsv } from './copy-csv.ts';
import { copyWorkbook } from './copy-workbook.ts';
import type { NewColumns } from './new-columns.ts';
import { SheetProblem } from './sheet-problem.ts';
import { partOf, writeWhole } from './target-file.ts';

export type CopyRefusal =
  | 'report.original-gone'
  | 'report.original-changed'
  | 'report.over-original'
  | 'report.sheet-unsafe'
  | 'file.not-writable';
export type Copied = Outcome<{ rowCount: number; format: ImportReading['format'] }, CopyRefusal>;

/** Copies the file of an import, which is only read and must be the one that was imported, with the outcome beside each row. */
export async function copyWithOutcome(
  { path: originalPath, sha256, reading }: Pick<StoredImport, 'path' | 'sha256'> & { readonly reading: ImportReading },
  { outcomeOf, turn }: Pick<NewColumns, 'outcomeOf' | 'turn'>,
  path: string,
): Promise<Copied> {
  try {
    const file = await openOriginal(originalPath);
    try {
      if (await isOneOf(originalPath, [path, partOf(path)])) return refuse('report.over-original', path);
      await mustBe(file, sha256);
      const columns = { ...reading, sheetName: reading.sheet, outcomeOf, turn };
      const rowCount = await writeWhole(path, async (target) => {
        const count = await (reading.format === 'xlsx' ? copyWorkbook : copyCsv)(file, columns, target);
        // Once more: whoever saves it meanwhile would get half of the one and half of the other.
        await mustBe(file, sha256);
        return count;
      });
      return done({ rowCount, format: reading.format });
    } finally {
      await file.close();
    }
  } catch (error) {
    return refusalOf(error);
  }
}

async function openOriginal(path: string): Promise<SourceFile> {
  try {
    return await openSourceFile(path);
  } catch (error) {
    // Too large or empty: it is another one.
    if (error instanceof ReadProblem) throw new SheetProblem('changed', error.code);
    throw new SheetProblem('gone', error instanceof Error && 'code' in error ? String(error.code) : String(error));
  }
}

async function mustBe(file: SourceFile, sha256: string): Promise<void> {
  if ((await file.seal()) !== sha256) throw new SheetProblem('changed', 'another SHA-256');
}

async function isOneOf(original: string, targets: readonly string[]): Promise<boolean> {
  const one = await stat(original, { bigint: true });
  const others = await Promise.all(targets.map((target) => stat(target, { bigint: true }).catch(() => null)));
  return others.some((other) => other !== null && other.dev === one.dev && other.ino === one.ino);
}

function refusalOf(error: unknown): Extract<Copied, { ok: false }> {
  if (error instanceof ReadProblem) {
    return error.code === 'import.file-changed'
      ? refuse('report.original-changed', error.message)
      : refuse('report.sheet-unsafe', error.message, { reason: 'structure', detail: error.message });
  }
  if (!(error instanceof SheetProblem)) {
    // A stick that is pulled out while it is read.
    if (error instanceof Error && 'code' in error && /^E[A-Z]+$/u.test(String(error.code))) {
      return refuse('report.original-gone', error.message, { detail: String(error.code) });
    }
    throw error;
  }
  const { trouble, detail } = error;
  if (trouble === 'gone') return refuse('report.original-gone', detail, { detail });
  if (trouble === 'changed') return refuse('report.original-changed', detail);
  if (trouble === 'unwritable') return refuse('file.not-writable', detail, { detail });
  return refuse('report.sheet-unsafe', detail, { reason: trouble, detail });
}
