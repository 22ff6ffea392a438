import type { Keepable } from '../../../shared/model/import-recipe.ts';
import { isKeepable } from '../domain/recipe-fixes.ts';
import { SLICE_ROWS } from './draft-context.ts';
import type { DraftContext } from './draft-context.ts';

export type Cleaning = { readonly code: Keepable; readonly rowCount: number };

/** What the reading cleaned, in how many rows, the most frequent first (IMP-3). A row without a note has nothing to be looked at. */
export async function countCleanings(
  { rows, orders, breathe }: DraftContext,
  staging: number,
): Promise<readonly Cleaning[]> {
  const counts = new Map<Keepable, number>();
  const order = await orders.of(staging);
  const rowIds = (['cleaned', 'warnings', 'errors'] as const).flatMap((filter) => [...order.rowIds(filter)]);
  for (let at = 0; at < rowIds.length; at += SLICE_ROWS) {
    for (const { notes } of rows.many(staging, rowIds.slice(at, at + SLICE_ROWS))) {
      const codes = new Set(notes.flatMap(({ code }) => (isKeepable(code) ? code : [])));
      for (const code of codes) counts.set(code, (counts.get(code) ?? 0) + 1);
    }
    await breathe();
  }
  return [...counts].map(([code, rowCount]) => ({ code, rowCount })).toSorted((a, b) => b.rowCount - a.rowCount);
}
