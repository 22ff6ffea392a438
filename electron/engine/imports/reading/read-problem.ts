import type { ReadFailure } from '../../../../shared/contract/imports.ts';

/** The values of the sentence: always `detail`; `limit`, `count` and `row` where the code has them. */
export type ReadDetails = Readonly<Record<string, string | number>>;

/** Why a file cannot be read, as plain values: it crosses a process. */
export type ReadRefusal = { readonly code: ReadFailure; readonly details: ReadDetails };

/** Thrown wherever the file turns out to be unreadable; whoever reads or copies a file makes a refusal of it. */
export class ReadProblem extends Error {
  override readonly name = 'ReadProblem';
  readonly code: ReadFailure;
  readonly details: ReadDetails;

  constructor(code: ReadFailure, detail: string, details: ReadDetails = {}) {
    super(`${code}: ${detail}`);
    this.code = code;
    this.details = { detail, ...details };
  }
}

/** Turns whatever went wrong in the reader into a refusal. What nobody foresaw is a damaged file, not a crash. */
export function toReadRefusal(error: unknown): ReadRefusal {
  if (error instanceof ReadProblem) return { code: error.code, details: error.details };
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code === 'ENOENT') return { code: 'import.file-gone', details: { detail: code } };
  if (/^E[A-Z]+$/u.test(code)) return { code: 'import.file-unreadable', details: { detail: code } };
  return {
    code: 'import.damaged',
    details: { detail: error instanceof Error ? error.message.slice(0, 200) : 'unknown' },
  };
}
