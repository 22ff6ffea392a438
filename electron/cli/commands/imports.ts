import { readFileSync } from 'node:fs';
import { applyDocument, previewDocument } from '../../../shared/contract/documents.ts';
import { PASTED_CHARACTERS } from '../../../shared/contract/imports.ts';
import type { ImportId } from '../../../shared/model/ids.ts';
import type { ImportRow } from '../../../shared/model/import-row.ts';
import { must } from '../../../shared/lib/must.ts';
import { EXIT, UsageError, type CommandLine, type ExitCode } from '../command-line.ts';
import type { ConsoleSession } from '../console-session.ts';
import { Refused, type Command } from './command.ts';
import { findAccount, type ListedAccount } from './find-account.ts';

const PAGE = 200;

/** Reads a file and says what would happen. The preview is not kept. */
export const previewImport: Command = async (line, session, terminal) => {
  const { file, account, id } = await openFile(line, session, () => terminal.progress('Reading the file …'));
  terminal.progress('');
  const header = must(await session.client.imports.get({ id }), 'it was just opened');
  const rows = await problemRows(session, id, 'warnings');
  await session.client.imports.cancel({ id });
  const { reading } = header;
  const document = {
    ...{ command: 'import preview', version: 1, file, accountName: account.name },
    ...{
      format: reading?.format ?? '',
      sheet: reading?.sheet ?? '',
      encoding: reading?.encoding ?? '',
      delimiter: reading?.delimiter ?? '',
      headerRow: reading?.headerRow ?? 0,
    },
    columns: header.columns.map(({ heading, field }) => ({ heading, field })),
    ...{ rowCount: header.rowCount, errorCount: header.errorCount, warningCount: header.warningCount, rows },
  };
  const summary =
    header.errorCount === 0 ? 'No errors found.' : `${header.errorCount} of ${header.rowCount} rows have errors.`;
  return {
    exit: header.errorCount > 0 ? EXIT.findings : EXIT.done,
    document,
    schema: previewDocument,
    text: `${summary}\n${rows.map(rowLine).join('')}`,
  };
};

/** Upload: rows without errors are queued and sent as far as the network allows; the others stay in the preview (IMP-5). */
export const applyImport: Command = async (line, session, terminal) => {
  const { file, id } = await openFile(line, session, () => terminal.progress('Reading the file …'));
  const left = await problemRows(session, id, 'errors');
  const uploaded = await session.client.imports.upload({ id });
  if (!uploaded.ok) throw new Refused(uploaded.refusal);
  terminal.progress(`Sending ${uploaded.value.queuedCount} users …`);
  await sendNow(session);
  terminal.progress('');
  const items = await allItems(session, id);
  const status = await session.client.sync.status({ accountId: null });
  const count = (states: readonly string[]): number => items.filter(({ state }) => states.includes(state)).length;
  const document = {
    ...{
      command: 'import apply',
      version: 1,
      connection: status.connection,
      reason: status.reason,
      file,
      importId: id,
    },
    queuedCount: uploaded.value.queuedCount,
    sentCount: count(['sent']),
    waitingCount: count(['queued', 'inflight', 'unknown']),
    refusedCount: count(['refused']),
    left,
    items: items.map(({ row, email, state, reason, serverMessage, correlationId }) => ({
      row,
      email,
      state,
      reason,
      serverMessage,
      correlationId,
    })),
  };
  const text =
    `${document.sentCount} users sent, ${document.waitingCount} wait for the cloud, ${document.refusedCount} refused by the cloud; ` +
    `${left.length} rows stay in the preview until they are corrected.\n${left.map(rowLine).join('')}`;
  return { exit: applyExit(document), document, schema: applyDocument, text };
};

/** Without a sign-in nothing can be sent; a whole pass finds out why, so that the document does not say that it is not known. */
async function sendNow({ client, engine }: ConsoleSession): Promise<void> {
  const { status } = await client.session.state({});
  const { scheduler } = engine.context;
  const { signal } = new AbortController();
  await (status === 'signed-in' ? scheduler.push(signal) : scheduler.once(signal));
}

function applyExit(document: {
  waitingCount: number;
  refusedCount: number;
  connection: string;
  left: readonly unknown[];
}): ExitCode {
  if (document.waitingCount > 0) return EXIT.unreachable;
  return document.refusedCount > 0 || document.left.length > 0 ? EXIT.findings : EXIT.done;
}

async function openFile(
  line: CommandLine,
  session: ConsoleSession,
  onStart: () => void,
): Promise<{ file: string; account: ListedAccount; id: ImportId }> {
  const [, , file, ...more] = line.words;
  if (file === undefined || more.length > 0)
    throw new UsageError('Name one file: fieldlink import preview FILE --account ACCOUNT');
  const account = await findAccount(line, session);
  onStart();
  // `-`: what another program prints, or what is pasted into the terminal.
  const opened =
    file === '-'
      ? await session.client.imports.openText({ accountId: account.id, text: readPasted() })
      : await session.client.imports.open({ accountId: account.id, file: session.grant(file) });
  if (!opened.ok) throw new Refused({ ...opened.refusal, details: { ...opened.refusal.details, file } });
  return { file, account, id: opened.value.id };
}

function readPasted(): string {
  const text = readFileSync(process.stdin.fd, 'utf8');
  if (text.trim() === '')
    throw new UsageError('Nothing came on standard input. Name a file, or pipe a list into the command.');
  if (text.length > PASTED_CHARACTERS)
    throw new UsageError('That is more than 20 MB of text. Save it as a file and name the file.');
  return text;
}

async function problemRows({ client }: ConsoleSession, id: ImportId, filter: 'errors' | 'warnings') {
  const rows: ImportRow[] = [];
  for (const wanted of filter === 'errors' ? (['errors'] as const) : (['errors', 'warnings'] as const)) {
    for (let offset = 0; ; offset += PAGE) {
      const page = await client.imports.rows({ id, filter: wanted, offset, limit: PAGE });
      rows.push(...page.rows);
      if (offset + PAGE >= page.total) break;
    }
  }
  const unique = new Map(rows.map((row) => [row.rowId, row]));
  return [...unique.values()].map(({ rowId, sourceRow, values, issues }) => ({
    row: rowId,
    sourceRow,
    email: values.email,
    issues,
  }));
}

async function allItems({ client }: ConsoleSession, importId: ImportId) {
  const first = await client.outbox.importItems({ importId, limit: PAGE });
  const items = [...first.items];
  while (items.length < first.total) {
    const page = await client.outbox.importItems({ importId, offset: items.length, limit: PAGE });
    if (page.items.length === 0) break;
    items.push(...page.items);
  }
  return items;
}

function rowLine({ row, sourceRow, email, issues }: Awaited<ReturnType<typeof problemRows>>[number]): string {
  return `  row ${sourceRow ?? row}  ${email}  ${issues.map(({ code }) => code).join(', ')}\n`;
}
