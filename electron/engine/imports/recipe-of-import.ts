import type { RecipeColumn, RecipeContent, RecipeFix } from '../../../shared/model/import-recipe.ts';
import { textEncoding } from '../../../shared/model/text-encoding.ts';
import type { ImportColumn, StoredImport } from '../database/import-repository.ts';
import { headingKey } from '../domain/match-headings.ts';
import type { DraftContext } from './draft-context.ts';

const MOST_FIXES = 100;
const MOST_COLUMNS = 256;

/** What of an import can be repeated with the next file from the same place (IMP-13). */
export function recipeOfImport({ steps }: Pick<DraftContext, 'steps'>, draft: StoredImport): RecipeContent {
  const { chosen, columns, reading, staging, existing, fixes } = draft;
  const { sheet = null, encoding = '', delimiter = null, headerRow = null } = chosen;
  return {
    // Without headings nothing says in the next file which column is which.
    columns: reading && reading.headerRow > 0 ? recipeColumns(columns) : [],
    reading: { sheet, encoding: textEncoding(encoding), delimiter, headerRow },
    existing,
    fixes: distinct([...fixes, ...(staging === null ? [] : steps.fixes(staging))]).slice(-MOST_FIXES),
  };
}

/** One entry for each heading; of two columns with one heading the one that is imported. */
function recipeColumns(columns: readonly ImportColumn[]): RecipeColumn[] {
  const found = new Map<string, RecipeColumn>();
  for (const { heading, field } of columns) {
    const key = headingKey(heading);
    if (key !== '' && (found.get(key)?.field ?? null) === null) found.set(key, { heading: heading.trim(), field });
  }
  return [...found.values()].slice(0, MOST_COLUMNS);
}

/** The same repair twice is one; the later place counts. */
function distinct(fixes: readonly RecipeFix[]): readonly RecipeFix[] {
  const found = new Map<string, RecipeFix>();
  for (const fix of fixes) {
    const key = JSON.stringify(fix);
    found.delete(key);
    found.set(key, fix);
  }
  return [...found.values()];
}
