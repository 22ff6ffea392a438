import { REPEATABLE_REPAIRS } from '../../../shared/model/import-recipe.ts';
import type { RecipeFix } from '../../../shared/model/import-recipe.ts';
import type { PreviewRow } from '../database/import-rows.ts';
import { suggestionFor, repaired } from '../domain/import-suggestions.ts';
import type { CountedSuggestion, Suggestion } from '../../../shared/model/import-suggestion.ts';
import type { Surroundings } from '../domain/import-suggestions.ts';
import { SLICE_ROWS } from './draft-context.ts';
import type { DraftContext, DraftOf } from './draft-context.ts';
import { editRows } from './edit-draft.ts';
import { mostFrequentDomain } from './look-through-rows.ts';

const MOST = 6;

/** Repairs that the rows with errors and warnings have in common, the most frequent first (IMP-4). */
export async function suggestRepairs(context: DraftContext, draft: DraftOf): Promise<readonly CountedSuggestion[]> {
  const surroundings = await surroundingsOf(context, draft);
  const found = new Map<string, CountedSuggestion>();
  await eachTroubled(context, draft, (row) => {
    const suggested = suggestionFor(row, surroundings);
    if (!suggested) return;
    const key = JSON.stringify(suggested);
    found.set(key, { ...suggested, rowCount: (found.get(key)?.rowCount ?? 0) + 1 });
  });
  return [...found.values()].toSorted((a, b) => b.rowCount - a.rowCount).slice(0, MOST);
}

/** Makes one of them in all its rows, as one undo step. */
export async function applyRepair(context: DraftContext, draft: DraftOf, wanted: Suggestion): Promise<number> {
  const surroundings = await surroundingsOf(context, draft);
  const rows: number[] = [];
  await eachTroubled(context, draft, (row) => {
    if (JSON.stringify(suggestionFor(row, surroundings)) === JSON.stringify(wanted)) rows.push(row.rowId);
  });
  return editRows(context, draft, {
    rowIds: Uint32Array.from(rows),
    next: (row) => repaired({ ...row, isRepeat: false, isKnown: false }, wanted),
    fixes: repeatable(wanted),
  });
}

/** Which rows repeat others, and who is in the account already, is another matter in every file. */
function repeatable({ kind, detail, wrong }: Suggestion): readonly RecipeFix[] {
  const repair = REPEATABLE_REPAIRS.find((known) => known === kind);
  return repair ? [{ kind: 'repair', repair, detail, wrong }] : [];
}

async function surroundingsOf(context: DraftContext, { staging, accountLid }: DraftOf): Promise<Surroundings> {
  const { rules } = context;
  const domain = rules.usualDomain(accountLid) || (await mostFrequentDomain(context, staging));
  return { domain, roles: rules.choices(accountLid).roles };
}

type Troubled = PreviewRow & { readonly isRepeat: boolean; readonly isKnown: boolean };

async function eachTroubled(
  { rows, orders, breathe }: DraftContext,
  { staging }: DraftOf,
  take: (row: Troubled) => void,
): Promise<void> {
  const order = await orders.of(staging);
  const rowIds = [...order.rowIds('errors'), ...order.rowIds('warnings')];
  // The first row of an address stays; a later one with the same cells says nothing new.
  const firstOf = new Map<string, string>();
  for (let at = 0; at < rowIds.length; at += SLICE_ROWS) {
    for (const row of rows.many(staging, rowIds.slice(at, at + SLICE_ROWS))) {
      const cells = JSON.stringify(row.values);
      const isRepeat = row.isDuplicate && firstOf.get(row.emailKey) === cells;
      if (row.isDuplicate && !firstOf.has(row.emailKey)) firstOf.set(row.emailKey, cells);
      const isKnown = row.issues.some(({ code }) => code === 'email-in-account');
      take({ ...row, isRepeat, isKnown });
    }
    await breathe();
  }
}
