import { applyDocument, previewDocument } from '../../../shared/contract/documents.ts';
import { uploadSentence } from '../../../shared/model/upload-sentence.ts';
import type { ImportId } from '../../../shared/model/ids.ts';
import type { ImportRow } from '../../../shared/model/import-row.ts';
import { must } from '../../../shared/lib/must.ts';
import { EXIT, UsageError, type CommandLine, type ExitCode } from '../command-line.ts';
import type { ConsoleSession } from '../console-session.ts';
import { Refused, type Command } from './command.ts';
import { openFile } from './open-import.ts';
import { lacksSomething, recipeLine, usedRecipeOf } from './recipes.ts';
import { sendNow } from './send-now.ts';

const PAGE = 200;

/** Reads a file and says what would happen. The preview is not kept. */
export const previewImport: Command = async (line, session, terminal) => {
  const { file, accountName, id, recipe } = await openFile(line, session, terminal);
  const header = must(await session.client.imports.get({ id }), 'it was just opened');
  const rows = await problemRows(session, id, 'warnings');
  await session.client.imports.cancel({ id });
  const { reading } = header;
  const document = {
    ...{ command: 'import preview', version: 1, file, accountName },
    ...{
      format: reading?.format ?? '',
      sheet: reading?.sheet ?? '',
      encoding: reading?.encoding ?? '',
      delimiter: reading?.delimiter ?? '',
      headerRow: reading?.headerRow ?? 0,
    },
    recipe: usedRecipeOf(recipe),
    columns: header.columns.map(({ heading, field }) => ({ heading, field })),
    ...{ rowCount: header.rowCount, errorCount: header.errorCount, warningCount: header.warningCount, rows },
  };
  const summary =
    header.errorCount === 0 ? 'No errors found.' : `${header.errorCount} of ${header.rowCount} rows have errors.`;
  return {
    exit: header.errorCount > 0 || lacksSomething(recipe) ? EXIT.findings : EXIT.done,
    document,
    schema: previewDocument,
    text: `${recipeLine(recipe)}${summary}\n${rows.map(rowLine).join('')}`,
  };
};

/** Upload: rows without errors are queued and sent as far as the network allows; the others stay in the preview (IMP-5). */
export const applyImport: Command = async (line, session, terminal) => {
  const { file, id } = await openFile(line, session, terminal);
  const left = await problemRows(session, id, 'errors');
  const uploaded = await session.client.imports.upload({ id, ...paceOf(line) });
  if (!uploaded.ok) throw new Refused(uploaded.refusal);
  terminal.progress(`Sending ${uploaded.value.queuedCount} users …`);
  await sendNow(session);
  terminal.progress('');
  const items = await allRows(session, id);
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
    sentCount: count(['sent', 'visible']),
    waitingCount: count(['queued', 'inflight', 'unknown']),
    refusedCount: count(['refused', 'withdrawn']),
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
    `${uploadSentence({ ...document, leftCount: left.length }, String)} ${document.refusedCount} refused by the cloud; ` +
    `${left.length} rows stay in the preview until they are corrected.\n${left.map(rowLine).join('')}`;
  return { exit: applyExit(document), document, schema: applyDocument, text };
};

/** IMP-8: how many rows go first, alone, and after how many equal failures it stops. */
function paceOf(line: CommandLine): { canary?: number; stopAfter?: number } {
  const wanted = (name: string): number | undefined => {
    const text = line.options[name];
    if (text === undefined) return undefined;
    if (!/^\d+$/u.test(String(text))) throw new UsageError(`--${name} is a number of rows.`);
    return Number(text);
  };
  const [canary, stopAfter] = [wanted('canary'), wanted('stop-after')];
  return { ...(canary === undefined ? {} : { canary }), ...(stopAfter === undefined ? {} : { stopAfter }) };
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

async function allRows({ client }: ConsoleSession, id: ImportId) {
  const first = await client.uploads.rows({ id, limit: PAGE });
  const rows = [...first.rows];
  while (rows.length < first.total) {
    const page = await client.uploads.rows({ id, offset: rows.length, limit: PAGE });
    if (page.rows.length === 0) break;
    rows.push(...page.rows);
  }
  return rows;
}

function rowLine({ row, sourceRow, email, issues }: Awaited<ReturnType<typeof problemRows>>[number]): string {
  return `  row ${sourceRow ?? row}  ${email}  ${issues.map(({ code }) => code).join(', ')}\n`;
}
