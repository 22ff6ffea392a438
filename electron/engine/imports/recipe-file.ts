import { readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { recipeFile } from '../../../shared/model/import-recipe.ts';
import type { Recipe, RecipeFile } from '../../../shared/model/import-recipe.ts';
import type { FileRefusal } from './recipe-desk-port.ts';

/** A recipe of every column and every repair that there can be is far smaller. */
const LARGEST_BYTES = 1024 * 1024;

/** The file is there as a whole or not at all. False: it cannot be written. */
export async function writeRecipe({ name, content }: Pick<Recipe, 'name' | 'content'>, path: string): Promise<boolean> {
  const file: RecipeFile = { ...{ format: 'fieldlink-import-recipe', version: 1, name }, ...content };
  const part = `${path}.part`;
  try {
    await writeFile(part, `${JSON.stringify(file, null, 2)}\n`, { mode: 0o600 });
    await rename(part, path);
    return true;
  } catch {
    await rm(part, { force: true }).catch(() => undefined);
    return false;
  }
}

/** The file may be from anywhere: it is a recipe in every word, or it is refused. */
export async function readRecipe(path: string): Promise<Pick<Recipe, 'name' | 'content'> | FileRefusal> {
  const small = await readSmall(path);
  if (typeof small === 'string') return small;
  const read = parsed(small.text);
  if (isNewer(read)) return 'recipe.newer';
  const file = recipeFile.safeParse(read);
  if (!file.success) return 'recipe.not-a-recipe';
  const { name, columns, reading, existing, fixes } = file.data;
  return { name, content: { columns, reading, existing, fixes } };
}

async function readSmall(path: string): Promise<{ readonly text: string } | FileRefusal> {
  try {
    const found = await stat(path);
    if (!found.isFile() || found.size > LARGEST_BYTES) return 'recipe.not-a-recipe';
    return { text: await readFile(path, 'utf8') };
  } catch {
    return 'file.gone';
  }
}

/** Undefined: not JSON. An editor may have put a mark before the first brace. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/u, ''));
  } catch {
    return undefined;
  }
}

function isNewer(read: unknown): boolean {
  if (typeof read !== 'object' || read === null) return false;
  const { format, version } = read as { readonly format?: unknown; readonly version?: unknown };
  return format === 'fieldlink-import-recipe' && typeof version === 'number' && version > 1;
}
