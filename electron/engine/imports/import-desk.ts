import type { Area } from '../../../shared/contract/contract.ts';
import type { ImportId, JobId } from '../../../shared/model/ids.ts';
import { done, refuse } from '../../../shared/rpc/outcome.ts';
import type { Outcome } from '../../../shared/rpc/outcome.ts';
import { createImportRepository } from '../database/import-repository.ts';
import type { StoredImport } from '../database/import-repository.ts';
import { createImportRowRepository } from '../database/import-row-repository.ts';
import { createImportStepRepository } from '../database/import-step-repository.ts';
import type { Pace } from '../database/upload-pace.ts';
import type { Repositories } from '../database/repositories.ts';
import { SEVERITY_CODES } from '../domain/import-row-state.ts';
import type { JobTracker } from '../jobs/job-tracker.ts';
import type { Clock } from '../runtime/clock.ts';
import type { Host } from '../runtime/host.ts';
import type { Identifiers } from '../runtime/identifiers.ts';
import { createAccountRules } from './account-rules.ts';
import { createDraftContext } from './draft-context.ts';
import type { DraftOf } from './draft-context.ts';
import type { Edited, EditRefusal, ImportDesk } from './import-desk-port.ts';
import { toHeader, toImportRow } from './import-view.ts';
import type { ImportHeader } from './import-view.ts';
import { openDraft, rereadDraft } from './open-draft.ts';
import type { ImportSource, OpenContext } from './open-draft.ts';
import { createSpreadsheetReader } from './reading/spawn-reader.ts';
import { openPlan, readPlan, savePlan } from './plan-file.ts';
import { createRecipeDesk } from './recipe-desk.ts';
import { createRowDesk } from './row-desk.ts';
import { createRowViews } from './row-view.ts';
import { dropLeftOver, recoverDrafts } from './recover-drafts.ts';
import { saveSheetCopy } from './sheet-copy.ts';
import { createTurns } from './turns.ts';
import { takeBack, withdraw } from './take-back.ts';
import { uploadDraft } from './upload-draft.ts';
import type { UserChanges } from './upload-draft.ts';
import { planUndo, undoUpload } from './undo-upload.ts';
import type { OwnUpload } from './group-desk.ts';
import { draftSeats } from './draft-seats.ts';
import { createGroupDesk } from './group-desk.ts';

const ALL_AT_ONCE: Pace = { canary: 0, stopAfter: 0 };

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
  const views = createRowViews(context);
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
  const header = (draft: StoredImport): ImportHeader =>
    toHeader(context, repositories, { draft, isReading: context.readings.has(draft.id) });

  return {
    recipes: createRecipeDesk({ context, turns, recovered, changed }),
    prepare: () => context.reader.prepare(),
    close: () => context.reader.close(),
    async list(accountLid) {
      await recovered();
      return imports.list(options.actor(), accountLid).map(header);
    },
    async get(id) {
      await recovered();
      const draft = imports.get(id);
      return draft && header(draft);
    },
    async rows({ id, offset, limit, ...view }) {
      const draft = imports.get(id);
      const staging = draft?.staging ?? null;
      if (!draft || staging === null) return { rows: [], total: 0 };
      const viewed = await views.of(staging, view);
      const page = rows.many(staging, viewed.page(offset, limit));
      return {
        rows: page.map((row) => toImportRow(context, { staging, accountLid: draft.accountLid }, row)),
        total: viewed.count,
      };
    },
    async findRow({ id, severity, after, direction, ...view }) {
      const staging = imports.get(id)?.staging ?? null;
      if (staging === null) return null;
      return (await views.of(staging, view)).find({ after, direction, severity: SEVERITY_CODES[severity] });
    },
    async open({ accountLid, grant }, signal) {
      const path = host.fileOf(grant);
      return openFrom(accountLid, path === null ? null : { path }, signal);
    },
    async openText({ accountLid, text }, signal) {
      return openFrom(accountLid, { text }, signal);
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
    ...createRowDesk({ context, views, withDraft, counts }),
    upload: (id, pace = ALL_AT_ONCE) =>
      withDraft(
        id,
        async (draft) => {
          const account = repositories.accounts.key(draft.accountLid);
          if (account?.isActive === false) return refuse('account.deactivated', account.lid, { name: account.name });
          const uploaded = await uploadDraft(context, draft, pace);
          const { queued: queuedCount, unchanged: unchangedCount, skipped: skippedCount } = uploaded;
          if (queuedCount + unchangedCount + skippedCount === 0) return refuse('import.nothing-to-upload', id);
          const jobId = queuedCount === 0 ? null : (jobOf(draft, queuedCount) as JobId);
          changed('outbox', 'users', 'jobs', 'sync', 'session', 'accounts', 'recipes');
          options.wake();
          return done({ jobId, queuedCount, unchangedCount, skippedCount, leftCount: counts(id).rowCount });
        },
        true,
      ),
    savePlan: (id, path) =>
      withDraft(id, async (draft) => {
        const rowCount = await savePlan(context, draft, path);
        changed('recipes');
        return rowCount === null ? refuse('file.not-writable', path, { detail: 'EACCES' }) : done({ rowCount });
      }),
    async openPlan(path) {
      await recovered();
      const plan = await readPlan(path);
      if (plan === 'gone') return refuse('file.gone', path);
      if (!plan) return refuse('import.not-a-plan', path);
      const account = repositories.accounts.bySid(plan.accountId);
      if (!account) return refuse('account.not-found', plan.accountName, { name: plan.accountName });
      if (!account.isActive) return refuse('account.deactivated', account.lid, { name: account.name });
      const id = plan.id;
      // The same plan is one import, however often it is opened.
      if (!imports.get(id)) await openPlan(context, plan, account.lid);
      changed('imports');
      return done({ id });
    },
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
      if (!draft) return turns.take(id, true, () => withdraw(context, id));
      if (draft.staging === null) return 0;
      const { staging } = draft;
      return turns.take(id, true, () => takeBack(context, { ...draft, staging }));
    },
    async leftRows(id) {
      const draft = imports.get(id);
      if (!draft || draft.staging === null) return [];
      const at = { staging: draft.staging, accountLid: draft.accountLid };
      const rowIds = (await orders.of(draft.staging)).rowIds('errors');
      return rows.many(draft.staging, rowIds).map((row) => toImportRow(context, at, row));
    },
    async saveSheetCopy(copy) {
      await recovered();
      // Neither row numbers nor file may change meanwhile.
      if (turns.isHeld(copy.id)) return refuse('import.busy', copy.id);
      return turns.take(copy.id, true, () => saveSheetCopy(context, copy));
    },
    undoPlan: (id) => planUndo(context, id),
    async undoUpload(id) {
      if (!repositories.uploads.get(id)) return refuse('import.not-found', id);
      return turns.take(id, true, async () => {
        const undone = await undoUpload(context, id);
        return undone ? queued(undone) : refuse('import.nothing-to-undo', id);
      });
    },
    async seats(id) {
      await recovered();
      const draft = imports.get(id);
      return draft && draft.staging !== null ? draftSeats(context, { ...draft, staging: draft.staging }) : [];
    },
    ...createGroupDesk({ context, turns, queued }),
  };

  /** An upload that came from no list has begun. */
  function queued({ importId, accountLid, subject, queuedCount, leftCount }: OwnUpload) {
    const jobId = jobs.start({ kind: 'import-send', accountLid, importId, subject, totalCount: queuedCount });
    changed('outbox', 'users', 'imports', 'jobs', 'sync', 'session', 'accounts', 'history');
    options.wake();
    return done({ importId: importId as ImportId, jobId: jobId as JobId, queuedCount, leftCount });
  }

  async function openFrom(
    accountLid: string,
    source: ImportSource | null,
    signal: AbortSignal,
  ): ReturnType<ImportDesk['open']> {
    const account = repositories.accounts.key(accountLid);
    if (!account) return refuse('account.not-found', accountLid);
    if (!account.isActive) return refuse('account.deactivated', accountLid, { name: account.name });
    if (!source) return refuse('import.file-gone', 'no such grant', { detail: 'not chosen' });
    await recovered();
    const outcome = await openDraft(context, { accountLid, source, signal });
    void dropLeftOver(context);
    changed('imports');
    return outcome;
  }

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
