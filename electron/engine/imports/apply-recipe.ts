import type { Recipe, RecipeContent } from '../../../shared/model/import-recipe.ts';
import { done } from '../../../shared/rpc/outcome.ts';
import { must } from '../../../shared/lib/must.ts';
import type { StoredImport } from '../database/import-repository.ts';
import { columnMeanings } from '../domain/column-meanings.ts';
import { fixedRow } from '../domain/recipe-fixes.ts';
import { missingHeadings, rulesOf } from '../domain/recipe-match.ts';
import type { ColumnChoice } from './column-plan.ts';
import { editRows } from './edit-draft.ts';
import { learnedHeadings } from './learn-headings.ts';
import { rereadDraft } from './open-draft.ts';
import type { OpenContext, Opened } from './open-draft.ts';
import type { ReadChoice } from './reading/read-rows.ts';
import { setExisting } from './recheck-draft.ts';
import type { AppliedRecipe } from './recipe-desk-port.ts';

type Wanted = {
  readonly draft: StoredImport;
  readonly recipe: Recipe;
  readonly signal: AbortSignal;
};

/** Makes of an open import what the recipe says: columns and reading first, then the choice, then the repairs as one undo step. */
export async function applyRecipe(
  context: OpenContext,
  { draft, recipe, signal }: Wanted,
): Promise<Opened<AppliedRecipe>> {
  const { imports, journal } = context;
  const { id, name, isBuiltIn, content } = recipe;
  const isReread = needsReading(context, draft, content);
  if (isReread) {
    const choice = choiceOf(draft, content);
    const outcome = await rereadDraft(context, { draft, choice, recipe: { id, name }, signal });
    if (!outcome.ok) return outcome;
  } else journal.write((tx) => imports.chose(tx, draft.id, { ...draft.chosen, recipe: { id, name } }));
  const read = must(imports.get(draft.id), 'it was just read');
  const sheet = content.reading.sheet;
  return done({
    ...{ name, isBuiltIn },
    mappedCount: read.columns.filter(({ field }) => field !== null).length,
    missing: read.reading ? [...missingHeadings(content, read.columns)] : [],
    missingSheet: sheet !== null && read.reading?.format === 'xlsx' && read.reading.sheet !== sheet ? sheet : null,
    isReread,
    changedCount: await repair(context, read, content),
  });
}

/** False: the columns are mapped so and the file is read so already. */
export function needsReading(context: OpenContext, draft: StoredImport, content: RecipeContent): boolean {
  const { reading, columns } = draft;
  // What came as a plan has no file behind it.
  if (!reading) return false;
  if (draft.staging === null) return true;
  const { sheet, encoding, delimiter, expectedHeaderRow } = choiceOf(draft, content);
  const isOther = (wanted: string | undefined, now: string): boolean => wanted !== undefined && wanted !== now;
  if (isOther(sheet, reading.sheet) || isOther(encoding, reading.encoding) || isOther(delimiter, reading.delimiter))
    return true;
  if (expectedHeaderRow !== undefined && expectedHeaderRow !== reading.headerRow) return true;
  if (reading.headerRow === 0) return content.columns.length > 0;
  const known = { rules: rulesOf(content), learned: learnedHeadings(context.repositories) };
  const meanings = columnMeanings(
    columns.map(({ heading }) => heading),
    [],
    known,
  );
  // Its headings may stand in a row that was not taken for one.
  if (!meanings.some(({ origin }) => origin === 'recipe')) return content.columns.length > 0;
  // The cells may have shown that a heading means something else; a rule of the recipe goes before that.
  return meanings.some(({ field, origin }, index) => origin === 'recipe' && field !== (columns[index]?.field ?? null));
}

function choiceOf(draft: StoredImport, { reading: wanted, ...content }: RecipeContent): ReadChoice & ColumnChoice {
  const { reading } = draft;
  const isCsv = reading?.format === 'csv';
  const hasSheet = wanted.sheet !== null && reading?.sheets.includes(wanted.sheet) === true;
  return {
    ...(!isCsv && hasSheet && wanted.sheet !== null ? { sheet: wanted.sheet } : {}),
    // What was pasted has no encoding.
    ...(isCsv && wanted.encoding !== null && draft.path !== '' ? { encoding: wanted.encoding } : {}),
    ...(isCsv && wanted.delimiter !== null ? { delimiter: wanted.delimiter } : {}),
    ...(wanted.headerRow === null ? {} : { expectedHeaderRow: wanted.headerRow }),
    rules: rulesOf(content),
  };
}

async function repair(context: OpenContext, draft: StoredImport, { existing, fixes }: RecipeContent): Promise<number> {
  const { orders, imports } = context;
  if (draft.staging === null) return 0;
  const at = { ...draft, staging: draft.staging };
  const order = await orders.of(at.staging);
  if (existing !== null && existing !== draft.existing) await setExisting(context, at, existing);
  if (fixes.length === 0) return 0;
  const rowIds = order.rowIds('all').slice();
  const shown = new Map(
    fixes.flatMap((fix) => (fix.kind === 'replace' ? [[fix.filter, new Set(order.rowIds(fix.filter))] as const] : [])),
  );
  const now = must(imports.get(draft.id), 'its choice was just set');
  return editRows(
    context,
    { ...now, staging: at.staging },
    {
      rowIds,
      fixes,
      next: (row, rowId) =>
        fixedRow(row, fixes, {
          target: row.target,
          isShown: (filter) => shown.get(filter)?.has(rowId) === true,
        }),
    },
  );
}
