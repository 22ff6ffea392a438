import type { Area } from '../../../shared/contract/contract.ts';
import { foldText } from '../../../shared/lib/fold-text.ts';
import { recipeName, RECIPE_NAME_LENGTH } from '../../../shared/model/import-recipe.ts';
import type { Recipe, RecipeContent, RecipeFix, RecipeId } from '../../../shared/model/import-recipe.ts';
import { done, refuse } from '../../../shared/rpc/outcome.ts';
import type { StoredRecipe } from '../database/recipe-repository.ts';
import { BUILT_IN_RECIPES } from '../domain/built-in-recipes.ts';
import { applyRecipe, needsReading } from './apply-recipe.ts';
import type { OpenContext } from './open-draft.ts';
import { dropLeftOver } from './recover-drafts.ts';
import type { ListedRecipe, RecipeDesk, RecipeSource } from './recipe-desk-port.ts';
import { readRecipe, writeRecipe } from './recipe-file.ts';
import { recipeOfImport } from './recipe-of-import.ts';
import type { Turns } from './turns.ts';

/** More is a list in which nobody finds anything. */
const MOST_RECIPES = 200;

type Options = {
  readonly context: OpenContext;
  readonly turns: Turns;
  readonly recovered: () => Promise<void>;
  readonly changed: (...areas: readonly Area[]) => void;
};

export function createRecipeDesk({ context, turns, recovered, changed }: Options): RecipeDesk {
  const { journal, imports, identifiers, now, repositories } = context;
  const { recipes, learnedHeadings } = repositories;
  const find = (id: RecipeId): ListedRecipe | null => {
    const own = recipes.get(id);
    return own ? listed(own) : (BUILT_INS.find((known) => known.id === id) ?? null);
  };
  const named = (name: string): ListedRecipe | null => {
    const own = recipes.named(name);
    return own ? listed(own) : (BUILT_INS.find((known) => foldText(known.name) === foldText(name)) ?? null);
  };
  const put = (recipe: Pick<Recipe, 'id' | 'name' | 'content'>): void => {
    journal.write((tx) => recipes.put(tx, recipe, now()));
    changed('recipes', 'imports');
  };

  async function load(source: RecipeSource) {
    if ('id' in source) return find(source.id) ?? 'recipe.not-found';
    const read = await readRecipe(source.path);
    // Used without being kept, so it has no id that could be looked up.
    return typeof read === 'string' ? read : { ...read, id: identifiers.next() as RecipeId, isBuiltIn: false };
  }

  /** The name, with a number behind it where another recipe has it. */
  function freeName(name: string): string {
    for (let number = 2; ; number += 1) {
      const ending = ` (${number})`;
      const next =
        number === 2 && !named(name) ? name : `${name.slice(0, RECIPE_NAME_LENGTH - ending.length)}${ending}`;
      if (!named(next)) return next;
    }
  }

  return {
    list: () => [...recipes.all().map(listed), ...BUILT_INS],
    draft(importId) {
      const draft = imports.get(importId);
      return draft && recipeOfImport(context, draft);
    },
    save(importId, { name: typed, isReplacing, ...wanted }) {
      const draft = imports.get(importId);
      if (!draft) return refuse('import.not-found', importId);
      const name = recipeName.safeParse(typed);
      if (!name.success) return refuse('recipe.name-invalid', typed);
      const known = named(name.data);
      if (known?.isBuiltIn) return refuse('recipe.built-in', known.name, { name: known.name });
      if (known && !isReplacing) return refuse('recipe.name-taken', known.name, { name: known.name });
      if (!known && recipes.all().length >= MOST_RECIPES)
        return refuse('recipe.too-many', typed, { limit: MOST_RECIPES });
      const id = known?.id ?? (identifiers.next() as RecipeId);
      put({ id, name: name.data, content: chosenParts(recipeOfImport(context, draft), wanted) });
      // It came from here, so it is not offered here.
      journal.write((tx) => imports.chose(tx, importId, { ...draft.chosen, recipe: { id, name: name.data } }));
      return done({ id });
    },
    async apply(importId, source, signal) {
      await recovered();
      if (turns.isHeld(importId)) return refuse('import.busy', importId);
      const recipe = await load(source);
      if (typeof recipe === 'string') return refuse(recipe, 'recipe');
      return turns.take(importId, true, async () => {
        const draft = imports.get(importId);
        // What was uploaded is not read again.
        if (!draft || draft.state === 'finished') return refuse('import.not-found', importId);
        const outcome = await applyRecipe(context, { draft, recipe, signal });
        // The rows of before, where the file was read again.
        void dropLeftOver(context);
        changed('imports');
        return outcome;
      });
    },
    wouldReread(importId, id) {
      const [draft, recipe] = [imports.get(importId), find(id)];
      return draft !== null && recipe !== null && needsReading(context, draft, recipe.content);
    },
    decline(importId) {
      const draft = imports.get(importId);
      if (!draft) return refuse('import.not-found', importId);
      journal.write((tx) => imports.chose(tx, importId, { ...draft.chosen, isOfferDeclined: true }));
      changed('imports');
      return done({});
    },
    rename(id, typed) {
      const recipe = find(id);
      if (!recipe) return refuse('recipe.not-found', id);
      if (recipe.isBuiltIn) return refuse('recipe.built-in', id, { name: recipe.name });
      const name = recipeName.safeParse(typed);
      if (!name.success) return refuse('recipe.name-invalid', typed);
      const known = named(name.data);
      if (known && known.id !== id) return refuse('recipe.name-taken', known.name, { name: known.name });
      put({ id, name: name.data, content: recipe.content });
      return done({});
    },
    remove(id) {
      const recipe = find(id);
      if (!recipe) return refuse('recipe.not-found', id);
      if (recipe.isBuiltIn) return refuse('recipe.built-in', id, { name: recipe.name });
      journal.write((tx) => recipes.remove(tx, id));
      changed('recipes', 'imports');
      return done({});
    },
    async exportTo(id, path) {
      const recipe = find(id);
      if (!recipe) return refuse('recipe.not-found', id);
      return (await writeRecipe(recipe, path)) ? done({}) : refuse('file.not-writable', path, { detail: 'EACCES' });
    },
    async open(path) {
      const read = await readRecipe(path);
      if (typeof read === 'string') return refuse(read, path);
      const known = named(read.name);
      if (known && isSame(known.content, read.content)) return done({ id: known.id, name: known.name, isKnown: true });
      if (recipes.all().length >= MOST_RECIPES) return refuse('recipe.too-many', path, { limit: MOST_RECIPES });
      const recipe = { id: identifiers.next() as RecipeId, name: freeName(read.name), content: read.content };
      put(recipe);
      return done({ id: recipe.id, name: recipe.name, isKnown: false });
    },
    learned: () => learnedHeadings.all(),
    forget(key) {
      const count = journal.write((tx) => learnedHeadings.forget(tx, key));
      changed('recipes');
      return count;
    },
  };
}

const BUILT_INS: readonly ListedRecipe[] = BUILT_IN_RECIPES.map(({ id, name, isBuiltIn, content }) => ({
  ...{ id, name, isBuiltIn, content },
  updatedAt: null,
}));

function listed({ id, name, content, updatedAt }: StoredRecipe): ListedRecipe {
  return { id: id as RecipeId, name, isBuiltIn: false, content, updatedAt };
}

function chosenParts(
  content: RecipeContent,
  wanted: {
    readonly withExisting: boolean;
    readonly withoutFixes: readonly number[];
    readonly defaultRole: string | null;
  },
): RecipeContent {
  const kept = content.fixes.filter((_, index) => !wanted.withoutFixes.includes(index));
  const role: RecipeFix[] = wanted.defaultRole === null ? [] : [{ kind: 'default-role', role: wanted.defaultRole }];
  return {
    ...content,
    existing: wanted.withExisting ? content.existing : null,
    fixes: [...kept.filter(({ kind }) => role.length === 0 || kind !== 'default-role'), ...role].slice(-100),
  };
}

/** Both come from the same schema, so their words stand in the same order. */
function isSame(left: RecipeContent, right: RecipeContent): boolean {
  return JSON.stringify(left) === JSON.stringify(right);
}
