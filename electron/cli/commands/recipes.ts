import { foldText } from '../../../shared/lib/fold-text.ts';
import type { z } from 'zod';
import {
  recipeDocument,
  recipeFileDocument,
  recipesDocument,
  type usedRecipe,
} from '../../../shared/contract/recipe-documents.ts';
import { RECIPE_FILE_ENDING } from '../../../shared/model/import-recipe.ts';
import type { ImportId } from '../../../shared/model/ids.ts';
import { refuse } from '../../../shared/rpc/outcome.ts';
import type { InputOf, OutputOf } from '../../../shared/rpc/operation.ts';
import type { AppContract } from '../../../shared/contract/contract.ts';
import { EXIT, UsageError, type CommandLine } from '../command-line.ts';
import type { ConsoleSession } from '../console-session.ts';
import { table } from '../terminal.ts';
import { Refused, type Command, type Result } from './command.ts';

type Listed = OutputOf<AppContract['recipes']['list']>['recipes'][number];
type Applied = OutputOf<AppContract['recipes']['apply']>;

/** IMP-13: the recipes of this profile. */
export const importRecipes: Command = async (line, session) => {
  const [, , verb, subject, file, ...more] = line.words;
  if (more.length > 0) throw new UsageError('That is one word too many. Put a name with blanks in quotation marks.');
  switch (verb) {
    case 'list':
      return listRecipes(session);
    case 'show':
      return showRecipe(await find(session, needed(subject, 'show NAME')));
    case 'export':
      return exportRecipe(session, needed(subject, 'export NAME FILE'), needed(file, 'export NAME FILE'));
    case 'open':
      return openRecipe(session, needed(subject, 'open FILE'));
    case 'delete':
      return deleteRecipe(session, needed(subject, 'delete NAME'));
    default:
      throw new UsageError('Say what to do: fieldlink import recipes list|show|export|open|delete.');
  }
};

/** `--recipe NAME|FILE`: used in an import that was just opened; null: none was asked for. */
export async function useRecipe(
  line: CommandLine,
  session: ConsoleSession,
  importId: ImportId,
): Promise<Applied | null> {
  const wanted = line.options['recipe'];
  if (typeof wanted !== 'string') return null;
  const { recipes } = session.client;
  const recipe: InputOf<AppContract['recipes']['apply']>['recipe'] = wanted.toLowerCase().endsWith('.json')
    ? { file: session.grant(wanted) }
    : { id: (await find(session, wanted)).id };
  const applied = await recipes.apply({ importId, recipe });
  if (!applied.ok) throw new Refused({ ...applied.refusal, details: { ...applied.refusal.details, file: wanted } });
  return applied.value;
}

/** What a person has to know of the recipe besides its rows; '' without one. */
export function recipeLine(applied: Applied | null): string {
  if (!applied) return '';
  const lacks = [...applied.missing, ...(applied.missingSheet === null ? [] : [`sheet ${applied.missingSheet}`])];
  return `Recipe “${applied.name}”: ${applied.mappedCount} columns, ${applied.changedCount} rows changed${lacks.length > 0 ? `; not in this file: ${lacks.join(', ')}` : ''}.\n`;
}

export function lacksSomething(applied: Applied | null): boolean {
  return applied !== null && !applied.isBuiltIn && (applied.missing.length > 0 || applied.missingSheet !== null);
}

/** For the document of a command. */
export function usedRecipeOf(applied: Applied | null): z.output<typeof usedRecipe> {
  if (!applied) return null;
  const { name, mappedCount, missing, missingSheet, changedCount } = applied;
  return { name, mappedCount, missing, missingSheet, changedCount };
}

async function listRecipes({ client }: ConsoleSession): Promise<Result> {
  const { recipes } = await client.recipes.list({});
  const rows = recipes.map(({ name, isBuiltIn, content, updatedAt }) => ({
    ...{ name, isBuiltIn, columnCount: content.columns.length, fixCount: content.fixes.length, updatedAt },
  }));
  return {
    exit: EXIT.done,
    document: { command: 'import recipes', version: 1, recipes: rows },
    schema: recipesDocument,
    text: table(
      ['NAME', 'COLUMNS', 'REPAIRS', 'FROM'],
      rows.map(({ name, isBuiltIn, columnCount, fixCount, updatedAt }) => [
        ...[name, String(columnCount), String(fixCount), isBuiltIn ? 'built in' : (updatedAt ?? '').slice(0, 10)],
      ]),
    ),
  };
}

function showRecipe({ name, isBuiltIn, content }: Listed): Result {
  const { columns, existing, fixes } = content;
  const lines = [
    `${name}${isBuiltIn ? ' (built in)' : ''}\n`,
    ...columns.map(({ heading, field }) => `  ${heading} → ${field ?? 'not imported'}\n`),
    existing === null ? '' : `  addresses already in the account: ${existing}\n`,
    ...fixes.map(
      (fix) =>
        `  ${Object.values(fix)
          .filter((part) => part !== null && part !== '')
          .join('  ')}\n`,
    ),
  ];
  return {
    exit: EXIT.done,
    document: { command: 'import recipes show', version: 1, name, isBuiltIn, content },
    schema: recipeDocument,
    text: lines.join(''),
  };
}

async function exportRecipe(session: ConsoleSession, name: string, file: string): Promise<Result> {
  const recipe = await find(session, name);
  const path = /\.json$/iu.test(file) ? file : `${file}${RECIPE_FILE_ENDING}`;
  const exported = await session.client.recipes.exportTo({ id: recipe.id, file: session.grant(path) });
  if (!exported.ok) throw new Refused(exported.refusal);
  return fileResult({ verb: 'export', name: recipe.name, file: path }, `${path} holds “${recipe.name}”.\n`);
}

async function openRecipe(session: ConsoleSession, file: string): Promise<Result> {
  const opened = await session.client.recipes.open({ file: session.grant(file) });
  if (!opened.ok) throw new Refused({ ...opened.refusal, details: { ...opened.refusal.details, file } });
  const { name, isKnown } = opened.value;
  return fileResult(
    { verb: 'open', name, file },
    isKnown ? `“${name}” is here already.\n` : `“${name}” was taken in.\n`,
  );
}

async function deleteRecipe(session: ConsoleSession, name: string): Promise<Result> {
  const recipe = await find(session, name);
  const removed = await session.client.recipes.remove({ id: recipe.id });
  if (!removed.ok) throw new Refused(removed.refusal);
  return fileResult({ verb: 'delete', name: recipe.name, file: null }, `“${recipe.name}” was deleted.\n`);
}

function fileResult(
  { verb, ...parts }: { readonly verb: string; readonly name: string; readonly file: string | null },
  text: string,
): Result {
  const document = { command: `import recipes ${verb}`, version: 1, ...parts };
  return { exit: EXIT.done, document, schema: recipeFileDocument, text };
}

async function find({ client }: ConsoleSession, name: string): Promise<Listed> {
  const { recipes } = await client.recipes.list({});
  const found = recipes.find((recipe) => foldText(recipe.name) === foldText(name));
  if (!found) throw new Refused(refuse('recipe.not-found', name, { name }).refusal);
  return found;
}

function needed(word: string | undefined, usage: string): string {
  if (word === undefined) throw new UsageError(`Something is missing: fieldlink import recipes ${usage}`);
  return word;
}
