import { readFileSync } from 'node:fs';
import { PASTED_CHARACTERS } from '../../../shared/contract/imports.ts';
import { existingChoice } from '../../../shared/model/import-row.ts';
import type { ImportId } from '../../../shared/model/ids.ts';
import type { Refusal } from '../../../shared/rpc/outcome.ts';
import { must } from '../../../shared/lib/must.ts';
import { UsageError, type CommandLine } from '../command-line.ts';
import type { ConsoleSession } from '../console-session.ts';
import type { Terminal } from '../terminal.ts';
import { Refused } from './command.ts';
import { findAccount } from './find-account.ts';
import { useRecipe } from './recipes.ts';

export type OpenedFile = {
  readonly file: string;
  readonly accountName: string;
  readonly id: ImportId;
  /** What `--recipe` did. */
  readonly recipe: Awaited<ReturnType<typeof useRecipe>>;
};

/** Opens a spreadsheet in an account, or a saved plan in the account it was made for, with `--recipe` and the choice of `--existing`. */
export async function openFile(line: CommandLine, session: ConsoleSession, terminal: Terminal): Promise<OpenedFile> {
  const [, , file, ...more] = line.words;
  if (file === undefined || more.length > 0)
    throw new UsageError(`Name one file: fieldlink ${line.words.slice(0, 2).join(' ')} FILE --account ACCOUNT`);
  const { imports } = session.client;
  // Its file is read in a process of its own, which starts while the account is looked up.
  await imports.prepare({});
  const isPlan = line.account === null && /\.json$/iu.test(file);
  const account = isPlan ? null : await findAccount(line, session);
  const existing = existingChoice.safeParse(line.options['existing'] ?? 'refuse');
  if (!existing.success) throw new UsageError('--existing is refuse, skip or update.');
  terminal.progress('Reading the file …');
  // `-`: what another program prints, or what is pasted into the terminal.
  const opened = !account
    ? await imports.openPlan({ file: session.grant(file) })
    : file === '-'
      ? await imports.openText({ accountId: account.id, text: readPasted() })
      : await imports.open({ accountId: account.id, file: session.grant(file) });
  terminal.progress('');
  const id = opened.ok ? opened.value.id : draftOf(line, opened.refusal, file);
  const recipe = await useRecipe(line, session, id).catch(async (error: unknown) => {
    await imports.cancel({ id });
    throw error;
  });
  if (line.options['existing'] !== undefined) await imports.setExisting({ id, existing: existing.data, rowIds: null });
  const header = must(await imports.get({ id }), 'it was just opened');
  return { file, accountName: header.accountName, id, recipe };
}

/** A recipe may know the e-mail column that was not recognised: for that the draft was kept. */
function draftOf(line: CommandLine, refusal: Refusal, file: string): ImportId {
  const id = refusal.details?.['importId'];
  if (typeof id === 'string' && line.options['recipe'] !== undefined) return id as ImportId;
  throw new Refused({ ...refusal, details: { ...refusal.details, file } });
}

function readPasted(): string {
  const text = readFileSync(process.stdin.fd, 'utf8');
  if (text.trim() === '')
    throw new UsageError('Nothing came on standard input. Name a file, or pipe a list into the command.');
  if (text.length > PASTED_CHARACTERS)
    throw new UsageError('That is more than 20 MB of text. Save it as a file and name the file.');
  return text;
}
