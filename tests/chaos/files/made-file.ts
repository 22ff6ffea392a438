import type { ReadChoice } from '../../../electron/engine/imports/reading/read-rows.ts';

/** What a cell of the file means, however it is written. */
export type Cell =
  | { readonly kind: 'empty' }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'number'; readonly value: number }
  /** Days, and with them the time. */
  | { readonly kind: 'date'; readonly iso: string }
  | { readonly kind: 'boolean'; readonly value: boolean }
  | { readonly kind: 'error'; readonly text: string };

/** Rows by their number in the file, counted from 1. */
export type Sheet = ReadonlyMap<number, readonly Cell[]>;

export type MadeFile = {
  readonly name: string;
  /** What made it, for the counts: `own xlsx`, `csv`, `broken xlsx`. */
  readonly family: string;
  /** How it was made, so that a finding says enough. */
  readonly how: readonly string[];
  readonly bytes: Buffer;
  /** What every reader has to see; null when only the end of the reading is judged. */
  readonly truth: Sheet | null;
  /** Independent readers have to see what ours sees. */
  readonly isForeign?: boolean;
  readonly choice?: ReadChoice;
  /** Has to be refused, and with one of these codes. */
  readonly refusals?: readonly string[];
};

export type Random = () => number;

export function below(random: Random, limit: number): number {
  return Math.floor(random() * limit);
}

export function oneOf<T>(random: Random, [first, ...rest]: readonly [T, ...T[]]): T {
  const at = below(random, rest.length + 1);
  return at === 0 ? first : (rest[at - 1] ?? first);
}

export function isChance(random: Random, share: number): boolean {
  return random() < share;
}
