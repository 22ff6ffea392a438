import { importFileDocument, importUndoDocument, uploadsDocument } from '../../../shared/contract/import-documents.ts';
import { uploadSentence } from '../../../shared/model/upload-sentence.ts';
import { EXIT, UsageError, type CommandLine } from '../command-line.ts';
import type { ConsoleSession } from '../console-session.ts';
import { Refused, type Command } from './command.ts';
import { findAccount } from './find-account.ts';
import { sendNow } from './send-now.ts';

type Listed = Awaited<ReturnType<ConsoleSession['client']['uploads']['list']>>['uploads'][number];

/** What was uploaded and what became of it; with an id only that one. */
export const importStatus: Command = async (line, session) => {
  const wanted = line.words[2];
  const { uploads } = await session.client.uploads.list({ accountId: null });
  const shown = wanted === undefined ? uploads : [uploadOf(uploads, wanted)];
  return uploadsResult('import status', shown);
};

/** An upload that pauses goes on. */
export const importResume: Command = async (line, session, terminal) => {
  const { id } = uploadOf((await session.client.uploads.list({ accountId: null })).uploads, namedImport(line));
  const { jobs } = await session.client.jobs.list({ limit: 200 });
  const job = jobs.find(({ importId, finishedAt }) => importId === id && finishedAt === null);
  if (job) {
    const resumed = await session.client.jobs.resume({ id: job.id });
    if (!resumed.ok) throw new Refused(resumed.refusal);
  }
  terminal.progress('Sending …');
  await sendNow(session);
  terminal.progress('');
  const upload = await session.client.uploads.get({ id });
  return uploadsResult('import resume', upload ? [upload] : []);
};

/** Takes an import back, or with --dry-run says what that would do. */
export const importUndo: Command = async (line, session, terminal) => {
  const { id } = uploadOf((await session.client.uploads.list({ accountId: null })).uploads, namedImport(line));
  const plan = await session.client.uploads.undoPlan({ id });
  const isLook = line.options['dry-run'] === true;
  const undone = isLook ? null : await session.client.uploads.undo({ id });
  if (undone && !undone.ok) throw new Refused(undone.refusal);
  if (undone) {
    terminal.progress('Sending …');
    await sendNow(session);
    terminal.progress('');
  }
  const document = {
    ...{ command: 'import undo', version: 1, importId: undone ? undone.value.id : null },
    ...{ deleteCount: plan?.deleteCount ?? 0, restoreCount: plan?.restoreCount ?? 0, leftCount: plan?.leftCount ?? 0 },
    left: (plan?.left ?? []).map(({ row, email, obstacle }) => ({ row, email, obstacle: obstacle ?? '' })),
  };
  const verb = isLook ? 'can be' : 'are being';
  return {
    exit: document.leftCount > 0 ? EXIT.findings : EXIT.done,
    document,
    schema: importUndoDocument,
    text: `${document.deleteCount} users ${verb} deleted, ${document.restoreCount} users ${verb} restored; ${document.leftCount} rows stay as they are.\n${document.left
      .map(({ row, email, obstacle }) => `  row ${row}  ${email}  ${obstacle}\n`)
      .join('')}`,
  };
};

/** The acceptance sheet, the rows that need work, or a copy of the person's own sheet with the outcome. */
export const importReport: Command = async (line, session) => {
  const { id } = uploadOf((await session.client.uploads.list({ accountId: null })).uploads, namedImport(line));
  const file = line.words[3];
  if (file === undefined)
    throw new UsageError('Name the file: fieldlink import report IMPORT FILE [--kind acceptance|failed|sheet]');
  const kind = reportKind(line);
  const saved = await session.client.uploads.saveReport({ id, kind, file: session.grant(file) });
  if (!saved.ok) throw new Refused(saved.refusal);
  const { rowCount, addedCount, format } = saved.value;
  const result = fileResult('import report', file, rowCount);
  if (kind !== 'sheet') return result;
  const added =
    addedCount === 0
      ? ''
      : ` ${addedCount} rows were added in the preview and cannot stand in it; see the acceptance sheet.`;
  const text = `${file} was saved: a copy of the sheet with STATUS and REASON at ${rowCount} rows.${format === 'csv' ? ' It is in UTF-8.' : ''}${added}\n`;
  return { ...result, text };
};

/** The spreadsheet template, with --with-users filled with the account's users. */
export const importTemplate: Command = async (line, session) => {
  const file = line.words[2];
  if (file === undefined) throw new UsageError('Name the file: fieldlink import template FILE.xlsx --account ACCOUNT');
  const account = await findAccount(line, session);
  const saved = await session.client.imports.saveTemplate({
    accountId: account.id,
    file: session.grant(file),
    withUsers: line.options['with-users'] === true,
    withOptional: line.options['all-columns'] === true,
  });
  if (!saved.ok) throw new Refused(saved.refusal);
  return fileResult('import template', file, saved.value.userCount);
};

const REPORT_KINDS = ['acceptance', 'failed', 'sheet'] as const;

function reportKind({ options }: CommandLine): (typeof REPORT_KINDS)[number] {
  const wanted = options['kind'] ?? (options['failed'] === true ? 'failed' : 'acceptance');
  const kind = REPORT_KINDS.find((known) => known === wanted);
  if (kind === undefined) throw new UsageError(`--kind is one of ${REPORT_KINDS.join(', ')}.`);
  return kind;
}

export function uploadOf(uploads: readonly Listed[], wanted: string): Listed {
  const found = uploads.find(({ id }) => id === wanted);
  if (!found) throw new UsageError(`There is no upload ${wanted}. fieldlink import status lists them.`);
  return found;
}

export function namedImport(line: CommandLine): string {
  const wanted = line.words[2];
  if (wanted === undefined) throw new UsageError('Name the import; fieldlink import status lists them.');
  return wanted;
}

function uploadsResult(command: 'import status' | 'import resume', uploads: readonly Listed[]) {
  const states = uploads.map(({ id, accountId: _account, isCanary: _canary, original: _original, ...state }) => ({
    ...state,
    isWelcome: state.purpose === 'welcome',
    importId: id,
  }));
  const isOpen = states.some(({ waitingCount }) => waitingCount > 0);
  const hasRefused = states.some(({ refusedCount }) => refusedCount > 0);
  return {
    exit: isOpen ? EXIT.unreachable : hasRefused ? EXIT.findings : EXIT.done,
    document: { command, version: 1, uploads: states },
    schema: uploadsDocument,
    text: states
      .map(
        ({ importId, fileName, accountName, isPaused, pauseReason, ...tally }) =>
          `${importId}  ${fileName}  ${accountName}\n  ${uploadSentence(tally, String)}${isPaused ? ` It pauses (${pauseReason || 'asked'}).` : ''}\n`,
      )
      .join(''),
  };
}

function fileResult(command: 'import report' | 'import template', file: string, rowCount: number) {
  return {
    exit: EXIT.done,
    document: { command, version: 1, file, rowCount },
    schema: importFileDocument,
    text: `${file} was saved with ${rowCount} rows.\n`,
  };
}
