import type { Area } from '../../../shared/contract/contract.ts';
import type { ReadFailure } from '../../../shared/contract/imports.ts';
import type { ImportId, JobId } from '../../../shared/model/ids.ts';
import type { ExistingChoice, ImportField, ImportRow, Severity } from '../../../shared/model/import-row.ts';
import { done, refuse } from '../../../shared/rpc/outcome.ts';
import type { Outcome } from '../../../shared/rpc/outcome.ts';
import { createImportRepository } from '../database/import-repository.ts';
import type { StoredImport } from '../database/import-repository.ts';
import { createImportRowRepository } from '../database/import-row-repository.ts';
import { createImportStepRepository } from '../database/import-step-repository.ts';
import type { Repositories } from '../database/repositories.ts';
import { editedRow, SEVERITY_CODES } from '../domain/import-row-state.ts';
import type { RowState } from '../domain/import-row-state.ts';
import type { JobTracker } from '../jobs/job-tracker.ts';
import type { Clock } from '../runtime/clock.ts';
import type { Host } from '../runtime/host.ts';
import type { Identifiers } from '../runtime/identifiers.ts';
import { createAccountRules } from './account-rules.ts';
import type { ColumnChoice } from './column-plan.ts';
import { createDraftContext } from './draft-context.ts';
import type { DraftOf } from './draft-context.ts';
import { addRow, editRows, replaceInRow, undoStep } from './edit-draft.ts';
import { toHeader, toImportRow } from './import-view.ts';
import type { ImportHeader } from './import-view.ts';
import { openDraft, rereadDraft } from './open-draft.ts';
import type { OpenContext } from './open-draft.ts';
import { createSpreadsheetReader } from './reading/spawn-reader.ts';
import type { ReadChoice } from './reading/read-rows.ts';
import { recheckDraft, setExisting } from './recheck-draft.ts';
import { dropLeftOver, recoverDrafts } from './recover-drafts.ts';
import { createTurns } from './turns.ts';
import type { RowFilter } from './row-order.ts';
import { takeBack } from './take-back.ts';
import { uploadDraft } from './upload-draft.ts';
import type { UserChanges } from './upload-draft.ts';

type EditRefusal = 'import.not-found' | 'import.busy';
type Edited = { readonly rowCount: number; readonly errorCount: number };
type Page = { readonly id: string; readonly filter: RowFilter; readonly offset: number; readonly limit: number };
type Search = {
  readonly id: string;
  readonly filter: RowFilter;
  readonly severity: Severity;
  readonly after: number | null;
  readonly direction: 'next' | 'previous';
};

/** Everything a person does with spreadsheets of users (IMP-2 to IMP-5). One per engine. */
export type ImportDesk = {
  list(accountLid: string | null): Promise<readonly ImportHeader[]>;
  get(id: string): Promise<ImportHeader | null>;
  rows(page: Page): Promise<{ rows: ImportRow[]; total: number }>;
  findRow(search: Search): Promise<{ rowId: number; offset: number } | null>;
  open(
    file: { readonly accountLid: string; readonly grant: string },
    signal: AbortSignal,
  ): Promise<Outcome<{ id: ImportId }, 'account.not-found' | 'account.deactivated' | ReadFailure>>;
  reread(
    id: string,
    choice: ReadChoice & ColumnChoice,
    signal: AbortSignal,
  ): Promise<Outcome<Record<string, never>, EditRefusal | ReadFailure>>;
  editCell(cell: {
    readonly id: string;
    readonly rowId: number;
    readonly field: ImportField;
    readonly value: string;
  }): Promise<Outcome<Edited, EditRefusal | 'import.row-not-found'>>;
  addRow(id: string): Promise<Outcome<{ rowId: number }, EditRefusal>>;
  deleteRows(id: string, rowIds: readonly number[]): Promise<Outcome<Edited, EditRefusal | 'import.row-not-found'>>;
  replace(search: {
    readonly id: string;
    readonly filter: RowFilter;
    readonly field: ImportField | null;
    readonly find: string;
    readonly replacement: string;
  }): Promise<Outcome<{ changedCount: number }, EditRefusal>>;
  undo(id: string, direction: 'undo' | 'redo'): Promise<Outcome<Edited, EditRefusal | 'import.nothing-to-undo'>>;
  /** Says what happens to rows whose address is in the account: of the whole import, or of some rows (IMP-7). */
  setExisting(
    id: string,
    existing: ExistingChoice | null,
    rowIds: readonly number[] | null,
  ): Promise<Outcome<Edited, EditRefusal | 'import.row-not-found'>>;
  /** Holds every row against the account as it is now. `accept`: what moved since the plan is the plan from now on. */
  recheck(id: string, accept: boolean): Promise<Outcome<Edited, EditRefusal>>;
  upload(id: string): Promise<
    Outcome<
      {
        jobId: JobId | null;
        queuedCount: number;
        unchangedCount: number;
        skippedCount: number;
        leftCount: number;
      },
      EditRefusal | 'import.nothing-to-upload' | 'account.deactivated'
    >
  >;
  cancel(id: string): Promise<Outcome<Record<string, never>, 'import.not-found'>>;
  /** Puts the unsent rows of an upload back into its preview, slice by slice. Returns how many. */
  takeBack(id: string): Promise<number>;
};

export type ImportDeskOptions = {
  readonly repositories: Repositories;
  readonly clock: Clock;
  readonly identifiers: Identifiers;
  readonly host: Pick<Host, 'fileOf'>;
  readonly jobs: JobTracker;
  /** Entry file of the disposable process that reads spreadsheets. */
  readonly readerEntry: string;
  readonly userChanges: UserChanges;
  readonly actor: () => string;
  readonly changed: (...areas: readonly Area[]) => void;
  /** Something may be sent now. */
  readonly wake: () => void;
};

export function createImportDesk(options: ImportDeskOptions): ImportDesk {
  const { repositories, host, jobs, changed } = options;
  const context = createContext(options);
  const { imports, rows, journal, orders } = context;
  const turns = createTurns();
  let recovery: Promise<void> | null = null;
  const recovered = (): Promise<void> => (recovery ??= recoverDrafts(context));

  /** Runs one change of a preview after the other. Reading and uploading are long: meanwhile changes are refused. */
  async function withDraft<T, C extends string>(
    id: string,
    work: (draft: StoredImport & DraftOf) => Promise<Outcome<T, C>>,
    isLong = false,
  ): Promise<Outcome<T, C | EditRefusal>> {
    await recovered();
    if (turns.isHeld(id)) return refuse('import.busy', id);
    return turns.take(id, isLong, async () => {
      const draft = imports.get(id);
      if (!draft || draft.staging === null) return refuse('import.not-found', id);
      await orders.of(draft.staging);
      const outcome = await work({ ...draft, staging: draft.staging });
      changed('imports');
      return outcome;
    });
  }

  const counts = (id: string): Edited => {
    const { rowCount = 0, errorCount = 0 } = imports.get(id) ?? {};
    return { rowCount, errorCount };
  };
  const edit = (
    draft: StoredImport & DraftOf,
    rowIds: Uint32Array,
    next: (row: RowState) => RowState | null,
  ): Promise<number> => editRows(context, draft, { rowIds, next });
  const header = (draft: StoredImport): ImportHeader =>
    toHeader(context, repositories, { draft, isReading: context.readings.has(draft.id) });

  return {
    async list(accountLid) {
      await recovered();
      return imports.list(options.actor(), accountLid).map(header);
    },
    async get(id) {
      await recovered();
      const draft = imports.get(id);
      return draft && header(draft);
    },
    async rows({ id, filter, offset, limit }) {
      const draft = imports.get(id);
      const staging = draft?.staging ?? null;
      if (!draft || staging === null) return { rows: [], total: 0 };
      const order = await orders.of(staging);
      const page = rows.many(staging, order.page(filter, offset, limit));
      return {
        rows: page.map((row) => toImportRow(context, { staging, accountLid: draft.accountLid }, row)),
        total: order.count(filter),
      };
    },
    async findRow({ id, severity, ...search }) {
      const staging = imports.get(id)?.staging ?? null;
      if (staging === null) return null;
      return (await orders.of(staging)).find({ ...search, severity: SEVERITY_CODES[severity] });
    },
    async open({ accountLid, grant }, signal) {
      const account = repositories.accounts.key(accountLid);
      if (!account) return refuse('account.not-found', accountLid);
      if (!account.isActive) return refuse('account.deactivated', accountLid, { name: account.name });
      const path = host.fileOf(grant);
      if (path === null) return refuse('import.file-gone', 'no such grant', { detail: 'not chosen' });
      await recovered();
      const outcome = await openDraft(context, { accountLid, path, signal });
      changed('imports');
      return outcome;
    },
    async reread(id, choice, signal) {
      await recovered();
      if (turns.isHeld(id)) return refuse('import.busy', id);
      return turns.take(id, true, async () => {
        const draft = imports.get(id);
        if (!draft) return refuse('import.not-found', id);
        const outcome = await rereadDraft(context, { draft, choice, signal });
        void dropLeftOver(context);
        changed('imports');
        return outcome;
      });
    },
    editCell: ({ id, rowId, field, value }) =>
      withDraft(id, async (draft) => {
        if (!rows.get(draft.staging, rowId)) return refuse('import.row-not-found', String(rowId), { row: rowId });
        await edit(draft, Uint32Array.of(rowId), (row) => editedRow(row, field, value));
        return done(counts(id));
      }),
    addRow: (id) => withDraft(id, async (draft) => done({ rowId: await addRow(context, draft) })),
    deleteRows: (id, rowIds) =>
      withDraft(id, async (draft) => {
        const order = await orders.of(draft.staging);
        const missing = rowIds.find((rowId) => !order.has(rowId));
        if (missing !== undefined) return refuse('import.row-not-found', String(missing), { row: missing });
        await edit(draft, Uint32Array.from(new Set(rowIds)), () => null);
        return done(counts(id));
      }),
    replace: ({ id, filter, field, find, replacement }) =>
      withDraft(id, async (draft) => {
        const rowIds = (await orders.of(draft.staging)).rowIds(filter).slice();
        const changedCount = await edit(draft, rowIds, (row) => replaceInRow(row, field, find, replacement));
        return done({ changedCount });
      }),
    undo: (id, direction) =>
      withDraft(id, async (draft) => {
        const isUndone = await undoStep(context, draft, direction);
        return isUndone ? done(counts(id)) : refuse('import.nothing-to-undo', direction);
      }),
    setExisting: (id, existing, rowIds) =>
      withDraft(id, async (draft) => {
        if (rowIds === null) {
          await setExisting(context, draft, existing ?? 'refuse');
          return done(counts(id));
        }
        const order = await orders.of(draft.staging);
        const missing = rowIds.find((rowId) => !order.has(rowId));
        if (missing !== undefined) return refuse('import.row-not-found', String(missing), { row: missing });
        await edit(draft, Uint32Array.from(new Set(rowIds)), (row) =>
          row.existing === existing ? row : { ...row, existing },
        );
        return done(counts(id));
      }),
    recheck: (id, accept) =>
      withDraft(id, async (draft) => {
        await recheckDraft(context, draft, accept);
        return done(counts(id));
      }),
    upload: (id) =>
      withDraft(
        id,
        async (draft) => {
          const account = repositories.accounts.key(draft.accountLid);
          if (account?.isActive === false) return refuse('account.deactivated', account.lid, { name: account.name });
          const uploaded = await uploadDraft(context, draft);
          const { queued: queuedCount, unchanged: unchangedCount, skipped: skippedCount } = uploaded;
          if (queuedCount + unchangedCount + skippedCount === 0) return refuse('import.nothing-to-upload', id);
          const jobId = queuedCount === 0 ? null : (jobOf(draft, queuedCount) as JobId);
          changed('outbox', 'users', 'jobs', 'sync', 'session', 'accounts');
          options.wake();
          return done({ jobId, queuedCount, unchangedCount, skippedCount, leftCount: counts(id).rowCount });
        },
        true,
      ),
    async cancel(id) {
      await recovered();
      if (!imports.get(id)) return refuse('import.not-found', id);
      context.readings.get(id)?.abort();
      return turns.take(id, true, async () => {
        const isKept = repositories.uploads.get(id) !== null;
        journal.write((tx) => {
          // What was queued stays queued and may still come back, so the import is kept with an empty preview.
          if (isKept) imports.finished(tx, id, rows.newStaging(tx, id), context.now());
          else imports.remove(tx, id);
        });
        void dropLeftOver(context);
        changed('imports');
        return done({});
      });
    },
    async takeBack(id) {
      const draft = imports.get(id);
      if (!draft || draft.staging === null) return 0;
      const { staging } = draft;
      return turns.take(id, true, () => takeBack(context, { ...draft, staging }));
    },
  };

  function jobOf(draft: StoredImport, queuedCount: number): string {
    const open = repositories.jobs.openOfImport(draft.id);
    if (open) {
      jobs.update(open.id, { totalCount: (open.totalCount ?? 0) + queuedCount });
      return open.id;
    }
    const { id: importId, accountLid, fileName: subject } = draft;
    return jobs.start({ kind: 'import-send', accountLid, importId, subject, totalCount: queuedCount });
  }
}

function createContext(options: ImportDeskOptions): OpenContext {
  const { repositories, clock, identifiers, jobs, actor, userChanges } = options;
  const { journal } = repositories;
  const breathe = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
  const draftContext = createDraftContext({
    stores: {
      journal,
      imports: createImportRepository(journal),
      rows: createImportRowRepository(journal),
      steps: createImportStepRepository(journal),
    },
    rules: createAccountRules(repositories, clock, breathe),
    clock,
    breathe,
  });
  const reader = createSpreadsheetReader({
    entry: options.readerEntry,
    startTimer: (callback, delayMs) => clock.after(delayMs, callback),
  });
  return { ...draftContext, repositories, identifiers, userChanges, actor, reader, jobs, readings: new Map() };
}
