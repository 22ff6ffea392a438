import type { ImportChosen, ImportColumn, ImportReading, StoredImport } from '../database/import-repository.ts';
import type { Repositories } from '../database/repositories.ts';
import type { KnownHeadings } from '../domain/column-meanings.ts';
import { columnOf, planColumns, widenColumns } from './column-plan.ts';
import type { ColumnChoice } from './column-plan.ts';
import { createRowMaker } from './import-cells.ts';
import type { DraftContext } from './draft-context.ts';
import { learnedHeadings } from './learn-headings.ts';
import type { ReadRefusal } from './reading/read-problem.ts';
import { READ_LIMITS } from './reading/read-limits.ts';
import type { ReadChoice, ReadRow, ReadShape } from './reading/read-rows.ts';
import type { SpreadsheetReader } from './reading/spawn-reader.ts';
import { createRowStager } from './stage-rows.ts';
import type { RowStager } from './stage-rows.ts';

export type DraftReading = {
  readonly draft: StoredImport;
  readonly choice: ReadChoice & ColumnChoice;
  /** What of it the person decided. */
  readonly chosen: ImportChosen;
  readonly signal: AbortSignal;
  readonly onProgress: (rowCount: number) => void;
};

export type DraftRead =
  | { readonly kind: 'read' }
  | { readonly kind: 'aborted' }
  /** `found` is what was recognised before it turned out that it is not enough. */
  | {
      readonly kind: 'refused';
      readonly refusal: ReadRefusal;
      readonly found: { readonly reading: ImportReading; readonly columns: readonly ImportColumn[] } | null;
    };

type Plan = {
  readonly headerRow: number;
  columns: readonly ImportColumn[];
  readonly toState: ReturnType<typeof createRowMaker>;
};

/** Reads the draft's file into a new staging and, when all of it could be read, puts that in the place of the old one. */
export async function readDraft(
  context: DraftContext & { readonly repositories: Pick<Repositories, 'learnedHeadings'> },
  reader: SpreadsheetReader,
  { draft, choice, chosen, signal, onProgress }: DraftReading,
): Promise<DraftRead> {
  const { journal, rows, imports } = context;
  const staging = journal.write((tx) => rows.newStaging(tx, draft.id));
  const stager = createRowStager(context, { ...draft, staging }, draft.nextRow);
  const sheet = createSheetTaker(stager, { choice, learned: learnedHeadings(context.repositories), onProgress });
  const stop = new AbortController();
  const onAbort = (): void => stop.abort();
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    const end = await reader.read({
      ...(draft.path === '' ? { path: '', content: pastedBytes(imports.textOf(draft.id)) } : { path: draft.path }),
      choice,
      signal: stop.signal,
      onShape: sheet.shape,
      onRows: async (batch) => {
        const wanted = await sheet.take(batch);
        if (sheet.problem()) stop.abort();
        return wanted;
      },
    });
    const refusal = sheet.problem() ?? (end.ok ? sheet.atEnd() : end.refusal);
    if (refusal) return { kind: 'refused', refusal, found: sheet.found() };
    const found = sheet.found();
    if (!end.ok || !found) return { kind: 'aborted' };
    const { counts, order, nextRow } = await stager.finish();
    const { sha256, sizeBytes, modifiedMs } = end.source;
    journal.write((tx) =>
      imports.readingFinished(
        tx,
        draft.id,
        { ...counts, ...found, staging, nextRow, sha256, sizeBytes, modifiedMs, chosen },
        context.now(),
      ),
    );
    context.orders.keep(staging, order);
    return { kind: 'read' };
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}

/** Half a letter, as a page may hand it over, cannot be written; the reader shows the gap. */
function pastedBytes(text: string | null): Uint8Array {
  return Buffer.from(text ?? '', 'utf8');
}

/** Takes the rows of one sheet as they come: finds the headings in the first batch, counts the people, stages them. */
function createSheetTaker(
  stager: RowStager,
  {
    choice,
    learned,
    onProgress,
  }: { choice: ColumnChoice; learned: KnownHeadings['learned']; onProgress: (rowCount: number) => void },
) {
  let shape: ReadShape | null = null;
  let plan: Plan | null = null;
  let problem: ReadRefusal | null = null;
  let people = 0;

  function start(batch: readonly ReadRow[]): Plan {
    const { headerRow, columns } = planColumns(batch, choice, learned);
    if (columnOf(columns, 'email') === null) {
      problem = { code: 'import.no-email-column', details: { detail: 'no column with addresses' } };
    }
    const below = batch.filter(({ number }) => number > headerRow);
    return { headerRow, columns, toState: createRowMaker(columns, below) };
  }

  return {
    shape: (found: ReadShape): void => {
      shape = found;
    },
    async take(batch: readonly ReadRow[]): Promise<readonly number[] | null> {
      const isFirst = plan === null;
      plan ??= start(batch);
      const { headerRow, columns, toState } = plan;
      const width = batch.reduce((widest, { cells }) => Math.max(widest, cells.length), 0);
      if (width > columns.length) plan.columns = widenColumns(columns, width);
      if (problem) return null;
      const rows = batch.filter(({ number }) => number > headerRow);
      people += rows.length;
      if (people <= READ_LIMITS.rows) await stager.add(rows.map(toState));
      onProgress(people);
      return isFirst ? columns.flatMap(({ index, field }) => (field === null ? [] : index)) : null;
    },
    problem: () => problem,
    atEnd(): ReadRefusal | null {
      if (people > READ_LIMITS.rows) {
        return {
          code: 'import.too-many-rows',
          details: { detail: 'more rows than an import takes', limit: READ_LIMITS.rows, count: people },
        };
      }
      return people === 0 ? { code: 'import.empty', details: { detail: 'no rows below the headings' } } : null;
    },
    found: () =>
      shape && plan
        ? { reading: { ...shape, headerRow: plan.headerRow }, columns: plan.columns.map((column) => ({ ...column })) }
        : null,
  };
}
