import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import ExcelJS from 'exceljs';
import type { ImportReading } from '../../electron/engine/database/import-repository.ts';
import { openSourceFile } from '../../electron/engine/imports/reading/source-file.ts';
import { readZipDirectory } from '../../electron/engine/imports/reading/zip-archive.ts';
import { copyWithOutcome } from '../../electron/engine/imports/writing/copy-with-outcome.ts';
import type { Copied } from '../../electron/engine/imports/writing/copy-with-outcome.ts';
import type { RowOutcome } from '../../electron/engine/imports/writing/new-columns.ts';
import { readPath, withFolder } from './read-file.ts';
import type { Sheet } from './read-file.ts';

export type Told = Readonly<Record<number, readonly [status: string, reason: string]>>;
export type Copy = {
  readonly copied: Copied;
  /** Both as our reader reads them; null when nothing was written. */
  readonly before: Sheet;
  readonly after: Sheet | null;
  readonly bytes: Buffer;
  readonly original: Buffer;
};

/** Writes the bytes as a file and copies it with these outcomes. */
export function copyOf(
  content: Buffer | string,
  told: Told,
  reading: Partial<ImportReading> & { readonly turn?: () => Promise<void> } = {},
): Promise<Copy> {
  return withFolder(async (folder) => {
    const [path, target] = [join(folder, 'original.bin'), join(folder, 'copy.bin')];
    await writeFile(path, content);
    const original = await readFile(path);
    const { turn = () => Promise.resolve(), ...chosen } = reading;
    const before = await readPath(path, chosen);
    const outcomes = new Map<number, RowOutcome>(
      Object.entries(told).map(([row, [status, reason]]) => [Number(row), { status, reason }]),
    );
    const copied = await copyWithOutcome(
      {
        path,
        sha256: createHash('sha256').update(original).digest('hex'),
        reading: { ...before.shape, headerRow: 1, ...chosen },
      },
      { outcomeOf: (row) => outcomes.get(row) ?? null, turn },
      target,
    );
    const after = copied.ok
      ? await readPath(target, before.shape.format === 'csv' ? { delimiter: before.shape.delimiter } : chosen)
      : null;
    return { copied, before, after, original, bytes: copied.ok ? await readFile(target) : Buffer.alloc(0) };
  });
}

/** Every part of a zip as it is packed, without its place. */
export function packedParts(bytes: Buffer): Promise<ReadonlyMap<string, string>> {
  return withFolder(async (folder) => {
    const path = join(folder, 'book.zip');
    await writeFile(path, bytes);
    const file = await openSourceFile(path);
    try {
      const parts = await readZipDirectory(file);
      const packed = new Map<string, string>();
      for (const entry of parts.values()) {
        const nameLength = bytes.readUInt16LE(entry.headerAt + 26);
        const extraLength = bytes.readUInt16LE(entry.headerAt + 28);
        const end = entry.headerAt + 30 + nameLength + extraLength + entry.packedBytes;
        packed.set(entry.name, bytes.toString('latin1', entry.headerAt, end));
      }
      return packed;
    } finally {
      await file.close();
    }
  });
}

/** All cells of all sheets as exceljs understands them, by sheet and address. */
export async function cellValues(bytes: Buffer): Promise<ReadonlyMap<string, unknown>> {
  const workbook = new ExcelJS.Workbook();
  await workbook.xlsx.load(bytes as unknown as ArrayBuffer);
  const values = new Map<string, unknown>();
  workbook.eachSheet((sheet) => {
    sheet.eachRow((row) =>
      row.eachCell((cell) => {
        values.set(`${sheet.name}!${cell.address}`, { value: cell.value, style: cell.style });
      }),
    );
  });
  return values;
}
