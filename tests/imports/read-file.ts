import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ReadProblem } from '../../electron/engine/imports/reading/read-problem.ts';
import type { ReadDetails } from '../../electron/engine/imports/reading/read-problem.ts';
import type { ReadChoice, ReadRow, ReadShape } from '../../electron/engine/imports/reading/read-rows.ts';
import { readSpreadsheet } from '../../electron/engine/imports/reading/read-spreadsheet.ts';

export const READER_ENTRY = fileURLToPath(new URL('../../electron/engine/reader.ts', import.meta.url));

export type Sheet = { readonly shape: ReadShape; readonly rows: readonly ReadRow[] };
export type Refused = { readonly code: string; readonly details: ReadDetails };

/** A folder for one test's files; gone with the test. */
export async function withFolder<T>(use: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'fieldlink-imports-'));
  try {
    return await use(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Reads bytes as the reader process does, within this process. */
export function readBytes(bytes: Buffer | string, choice: ReadChoice = {}): Promise<Sheet> {
  return withFolder(async (folder) => {
    const path = join(folder, 'users.bin');
    await writeFile(path, bytes);
    return readPath(path, choice);
  });
}

export async function readPath(path: string, choice: ReadChoice = {}): Promise<Sheet> {
  const rows: ReadRow[] = [];
  let shape: ReadShape | undefined;
  await readSpreadsheet(path, choice, {
    shape: (found) => (shape = found),
    row: (row) => rows.push(row),
    pause: () => Promise.resolve(),
  });
  if (!shape) throw new Error('no shape');
  return { shape, rows };
}

export async function cellsOf(
  bytes: Buffer | string,
  choice: ReadChoice = {},
): Promise<readonly (readonly string[])[]> {
  return (await readBytes(bytes, choice)).rows.map((row) => row.cells);
}

/** The refusal; fails when the file was read. */
export async function refusalOf(reading: Promise<unknown>): Promise<Refused> {
  try {
    await reading;
  } catch (error) {
    if (error instanceof ReadProblem) return { code: error.code, details: error.details };
    throw error;
  }
  throw new Error('the file was read');
}
