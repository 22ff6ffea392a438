import { basename } from 'node:path';
import type { ReadFailure } from '../../../shared/contract/imports.ts';
import type { ImportId } from '../../../shared/model/ids.ts';
import { done, refuse } from '../../../shared/rpc/outcome.ts';
import type { Outcome } from '../../../shared/rpc/outcome.ts';
import { must } from '../../../shared/lib/must.ts';
import type { ImportChosen, StoredImport } from '../database/import-repository.ts';
import type { JobTracker } from '../jobs/job-tracker.ts';
import { rulesOfColumns } from './column-plan.ts';
import type { ColumnChoice } from './column-plan.ts';
import { readDraft } from './read-draft.ts';
import type { DraftRead } from './read-draft.ts';
import type { ReadRefusal } from './reading/read-problem.ts';
import type { ReadChoice } from './reading/read-rows.ts';
import type { SpreadsheetReader } from './reading/spawn-reader.ts';
import type { UploadContext } from './upload-draft.ts';

export type OpenContext = UploadContext & {
  readonly reader: SpreadsheetReader;
  readonly jobs: JobTracker;
  /** By import: what gives a reading up when the person drops the preview. */
  readonly readings: Map<string, AbortController>;
};
export type Opened<T> = Outcome<T, ReadFailure>;

/** Where a list comes from: a file of the person's, or what was pasted. */
export type ImportSource = { readonly path: string } | { readonly text: string };

/** What a list is called that never had a name. */
const PASTED = 'Clipboard';

/** Reads a list into a new preview. What could not be read leaves nothing behind, except where mapping a column can mend it. */
export async function openDraft(
  context: OpenContext,
  {
    accountLid,
    source,
    signal,
  }: { readonly accountLid: string; readonly source: ImportSource; readonly signal: AbortSignal },
): Promise<Opened<{ id: ImportId }>> {
  const { journal, imports, identifiers, actor, now } = context;
  const id = identifiers.next();
  const path = 'path' in source ? source.path : '';
  journal.write((tx) => {
    imports.create(
      tx,
      { id, actor: actor(), accountLid, fileName: path === '' ? PASTED : basename(path), path },
      now(),
    );
    if ('text' in source) imports.keepText(tx, id, source.text);
  });
  const draft = must(imports.get(id), 'it was just created');
  const outcome = await read(context, draft, { choice: {}, chosen: {}, signal }).catch((error: unknown) => {
    journal.write((tx) => imports.remove(tx, id));
    throw error;
  });
  if (outcome.kind === 'read') return done({ id: id as ImportId });
  if (outcome.kind === 'refused' && outcome.refusal.code === 'import.no-email-column' && outcome.found) {
    const { found, refusal } = outcome;
    const failure = { failure: refusal.code, failureDetail: String(refusal.details['detail']), ...found };
    journal.write((tx) => imports.readingFailed(tx, id, failure, now()));
    return refused({ ...refusal, details: { ...refusal.details, importId: id } });
  }
  journal.write((tx) => imports.remove(tx, id));
  signal.throwIfAborted();
  return refused(outcome.kind === 'refused' ? outcome.refusal : CANCELLED);
}

/** Reads the file again. The rows that are there stay until the new ones are complete. */
export async function rereadDraft(
  context: OpenContext,
  {
    draft,
    choice,
    recipe,
    signal,
  }: {
    readonly draft: StoredImport;
    readonly choice: ReadChoice & ColumnChoice;
    /** The choice is a recipe's. */
    readonly recipe?: ImportChosen['recipe'];
    readonly signal: AbortSignal;
  },
): Promise<Opened<Record<string, never>>> {
  const chosen = { ...chosenOf(draft, choice), ...(recipe ? { recipe } : {}) };
  const outcome = await read(context, draft, { choice: remembered(draft, choice), chosen, signal });
  if (outcome.kind === 'read') {
    if (draft.staging !== null) context.orders.forget(draft.staging);
    return done({});
  }
  signal.throwIfAborted();
  return refused(outcome.kind === 'refused' ? outcome.refusal : CANCELLED);
}

const CANCELLED: ReadRefusal = { code: 'import.reader-stopped', details: { detail: 'cancelled' } };

async function read(
  context: OpenContext,
  draft: StoredImport,
  {
    choice,
    chosen,
    signal,
  }: {
    readonly choice: ReadChoice & ColumnChoice;
    readonly chosen: ImportChosen;
    readonly signal: AbortSignal;
  },
): Promise<DraftRead> {
  const { jobs, readings } = context;
  const dropped = new AbortController();
  readings.set(draft.id, dropped);
  const job = jobs.start({
    kind: 'import-read',
    accountLid: draft.accountLid,
    importId: draft.id,
    subject: draft.fileName,
    totalCount: null,
  });
  try {
    const outcome = await readDraft(context, context.reader, {
      draft,
      choice,
      chosen,
      signal: AbortSignal.any([signal, dropped.signal, jobs.signal(job)]),
      onProgress: (doneCount) => jobs.update(job, { doneCount }),
    });
    if (outcome.kind === 'refused') jobs.finish(job, 'failed', { reason: outcome.refusal.code });
    else jobs.finish(job, outcome.kind === 'read' ? 'done' : 'cancelled');
    return outcome;
  } catch (error) {
    jobs.finish(job, 'failed', { reason: 'import.reader-stopped' });
    throw error;
  } finally {
    readings.delete(draft.id);
  }
}

/** What the person chose before stays, except where the new choice makes it meaningless. */
function remembered(draft: StoredImport, choice: ReadChoice & ColumnChoice): ReadChoice & ColumnChoice {
  const { reading } = draft;
  if (!reading) return choice;
  const isOtherTable = choice.sheet !== undefined || choice.encoding !== undefined || choice.delimiter !== undefined;
  const isCsv = reading.format === 'csv';
  return {
    sheet: choice.sheet ?? (isCsv ? undefined : reading.sheet),
    encoding: choice.encoding ?? (isCsv ? reading.encoding : undefined),
    delimiter: choice.delimiter ?? (isCsv ? reading.delimiter : undefined),
    headerRow: choice.headerRow ?? (isOtherTable || choice.rules ? undefined : reading.headerRow),
    mapping: choice.mapping,
    before: draft.columns,
    // Another reading finds the columns again that the person mapped, as long as their headings are there.
    rules: choice.rules ?? rulesOfColumns(draft.columns),
    expectedHeaderRow: choice.expectedHeaderRow,
  };
}

/** A choice of the person stays a choice until the table is another one. */
function chosenOf({ chosen }: StoredImport, choice: ReadChoice & ColumnChoice): ImportChosen {
  const { sheet, encoding, delimiter, headerRow, expectedHeaderRow } = choice;
  const isOtherTable = sheet !== undefined || encoding !== undefined || delimiter !== undefined;
  const { headerRow: known, ...kept } = chosen;
  const row = headerRow ?? expectedHeaderRow ?? (isOtherTable ? undefined : known);
  return {
    ...kept,
    ...(sheet === undefined ? {} : { sheet }),
    ...(encoding === undefined ? {} : { encoding }),
    ...(delimiter === undefined ? {} : { delimiter }),
    ...(row === undefined ? {} : { headerRow: row }),
  };
}

function refused({ code, details }: ReadRefusal): {
  readonly ok: false;
  readonly refusal: ReturnType<typeof refuse<ReadFailure>>['refusal'];
} {
  return refuse(code, String(details['detail']), details);
}
