import { foldText } from '../../../shared/lib/fold-text.ts';
import { recipeContent } from '../../../shared/model/import-recipe.ts';
import type { RecipeContent } from '../../../shared/model/import-recipe.ts';
import type { Store, Tx } from './store.ts';

export type StoredRecipe = {
  readonly id: string;
  readonly name: string;
  readonly content: RecipeContent;
  readonly createdAt: string;
  readonly updatedAt: string;
};

export type RecipeRepository = {
  /** In the order of their names. What a newer program wrote and this one cannot read is left out, and stays. */
  all(): readonly StoredRecipe[];
  get(id: string): StoredRecipe | null;
  /** Without regard to case and accents. */
  named(name: string): StoredRecipe | null;
  put(tx: Tx<'journal'>, recipe: Pick<StoredRecipe, 'id' | 'name' | 'content'>, at: string): void;
  remove(tx: Tx<'journal'>, id: string): void;
};

export function createRecipeRepository({ sql }: Store<'journal'>): RecipeRepository {
  type Row = Omit<StoredRecipe, 'content'> & { readonly content: string };
  const columns = 'id, name, content, created_at AS createdAt, updated_at AS updatedAt';
  const all = sql.prepare<[], Row>(`SELECT ${columns} FROM import_recipes ORDER BY name_key`);
  const one = sql.prepare<[string], Row>(`SELECT ${columns} FROM import_recipes WHERE id = ?`);
  const named = sql.prepare<[string], Row>(`SELECT ${columns} FROM import_recipes WHERE name_key = ?`);
  const put = sql.prepare(/* sql */ `
    INSERT INTO import_recipes (id, name, name_key, content, created_at, updated_at) VALUES (?, ?, ?, ?, ?, ?)
    ON CONFLICT (id) DO UPDATE SET name = excluded.name, name_key = excluded.name_key, content = excluded.content,
      updated_at = excluded.updated_at`);
  // Looked at with every change of a preview, and always the same.
  const known = new Map<string, { readonly text: string; readonly content: RecipeContent | null }>();
  const remove = sql.prepare('DELETE FROM import_recipes WHERE id = ?');
  return {
    all: () => all.all().flatMap(parse),
    get: (id) => one.all(id).flatMap(parse)[0] ?? null,
    named: (name) => named.all(foldText(name)).flatMap(parse)[0] ?? null,
    put: (_tx, { id, name, content }, at) => void put.run(id, name, foldText(name), JSON.stringify(content), at, at),
    remove: (_tx, id) => void remove.run(id),
  };

  function parse(row: Row): readonly StoredRecipe[] {
    const seen = known.get(row.id);
    const content =
      seen?.text === row.content ? seen.content : (recipeContent.safeParse(JSON.parse(row.content)).data ?? null);
    known.set(row.id, { text: row.content, content });
    return content ? [{ ...row, content }] : [];
  }
}
