import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AccountId, ImportId } from '../../../shared/model/ids.ts';
import type { BrowserConsole } from './browser-console.ts';

const HEADINGS = 'Kennung;Kontakt;Rufcode;Stand';

/** A recipe of the person's own, and two columns that were learned with its list. */
export async function recipeScene(desk: BrowserConsole, accountId: AccountId): Promise<void> {
  const { client } = desk;
  const id = await opened(desk, accountId, {
    name: 'night-1.csv',
    rows: [
      '4711;bob.bee@harbour.example;Bob Bee;away',
      '4712;cy.sea(at)harbour.example;Cy Sea;in',
      '4713;dee@harbour.example;Dee;in',
    ],
  });
  const mapping = (['extension', 'email', 'name'] as const).map((field, index) => ({ index, field }));
  await client.imports.reread({ id, mapping });
  await client.imports.replace({ id, field: 'email', find: '(at)', replacement: '@' });
  await client.recipes.save({ importId: id, name: 'Night shift' });
  await client.imports.upload({ id });
}

/** The next list from the same place, with a cell that was cleaned. */
export function openRecipeFile(desk: BrowserConsole, accountId: AccountId): Promise<ImportId> {
  return opened(desk, accountId, {
    name: 'night-2.csv',
    rows: ['4811;eve.elm@harbour.example; Eve Elm ;in', '4812;fay.fir@harbour.example;Fay Fir;in'],
  });
}

async function opened(
  desk: BrowserConsole,
  accountId: AccountId,
  { name, rows }: { readonly name: string; readonly rows: readonly string[] },
): Promise<ImportId> {
  const path = join(desk.folder, name);
  writeFileSync(path, [HEADINGS, ...rows].join('\n'));
  const outcome = await desk.client.imports.open({ accountId, file: desk.server.grant(path) });
  if (!outcome.ok) throw new Error(outcome.refusal.code);
  return outcome.value.id;
}
