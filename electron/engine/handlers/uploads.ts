import { writeFile } from 'node:fs/promises';
import type { AppContract } from '../../../shared/contract/contract.ts';
import type { AccountId, ImportId, UserId } from '../../../shared/model/ids.ts';
import { issueSentence } from '../../../shared/model/import-issue-text.ts';
import { missingOf, type UserGroup } from '../../../shared/model/user-group.ts';
import type { Handlers } from '../../../shared/rpc/dispatcher.ts';
import type { OutputOf } from '../../../shared/rpc/operation.ts';
import { done, refuse } from '../../../shared/rpc/outcome.ts';
import type { Repositories } from '../database/repositories.ts';
import type { UploadBatch } from '../database/upload-repository.ts';
import type { UploadFilter, UploadRow } from '../database/upload-row-repository.ts';
import { acceptancePage } from '../reports/acceptance-page.ts';
import { writeAcceptance, writeFailed } from '../reports/upload-report.ts';
import type { WorkbookWritten } from '../reports/workbook-file.ts';
import { isoTime } from '../runtime/clock.ts';
import { turn } from '../runtime/turn.ts';
import type { EngineContext } from './engine-context.ts';
import { saveSheetReport } from './sheet-report.ts';

type Listed = NonNullable<OutputOf<AppContract['uploads']['get']>>;

const SLICE_ROWS = 500;

export const uploads: Handlers<AppContract, EngineContext>['uploads'] = {
  get({ id }, { repositories }) {
    const batch = repositories.uploads.get(id);
    return batch && toUpload(repositories, batch);
  },
  list({ accountId }, { repositories, session }) {
    const batches = repositories.uploads.list(session.actor(), accountId);
    return { uploads: batches.map((batch) => toUpload(repositories, batch)).toReversed() };
  },
  rows({ id, filter, offset, limit }, { repositories }) {
    const { rows, total } = repositories.uploadRows.page(id, filter, { offset, limit });
    return { rows: rows.map(toRow), total };
  },
  async saveReport({ id, kind, format, file }, context) {
    const { repositories, host } = context;
    const batch = repositories.uploads.get(id);
    if (!batch) return refuse('import.not-found', id);
    const path = host.fileOf(file);
    if (path === null) return refuse('file.not-writable', 'no such grant', { detail: 'not chosen' });
    if (format === 'pdf' && (kind !== 'acceptance' || !host.printPdf)) return refuse('report.no-pdf', kind);
    if (kind === 'sheet') return saveSheetReport(context, batch, path);
    const written = await (kind === 'acceptance'
      ? saveAcceptance(context, batch, { path, format })
      : saveFailed(context, batch, path));
    return written.ok
      ? done({ rowCount: written.rowCount, addedCount: 0, format })
      : refuse('file.not-writable', written.detail, { detail: written.detail });
  },
  async undoPlan({ id }, { imports }) {
    const plan = await imports.undoPlan(id);
    return plan && { ...plan, left: [...plan.left] };
  },
  async undo({ id }, { imports }) {
    const outcome = await imports.undoUpload(id);
    if (!outcome.ok) return outcome;
    const { importId, ...rest } = outcome.value;
    return done({ id: importId, ...rest });
  },
  async welcomePlan({ group, again }, context) {
    return accountOf(context.repositories, group) ? context.imports.planWelcome(group, again) : null;
  },
  async welcome({ group, again }, { repositories, imports }) {
    const account = reachable(repositories, group);
    if (!account.ok) return account;
    const outcome = await imports.welcome(group, again);
    if (!outcome.ok) return outcome;
    const { importId, ...rest } = outcome.value;
    return done({ id: importId, ...rest });
  },
  async licensePlan({ group, change }, { repositories, imports }) {
    const account = accountOf(repositories, group);
    if (!account) return null;
    const { seats, ...plan } = await imports.planLicenses({ group, accountLid: account.lid }, change);
    return { ...plan, seats: [...seats] };
  },
  async license({ group, change }, { repositories, imports }) {
    const account = reachable(repositories, group);
    if (!account.ok) return account;
    const { seats } = await imports.planLicenses({ group, accountLid: account.value.lid }, change);
    const missing = missingOf(seats);
    if (missing > 0) return refuse('license.none-left', String(missing), { missing: String(missing) });
    const outcome = await imports.license(group, change);
    if (!outcome.ok) return outcome;
    const { importId, ...rest } = outcome.value;
    return done({ id: importId, ...rest });
  },
};

function accountOf({ uploads: batches, accounts }: Repositories, group: UserGroup) {
  const accountLid = group.kind === 'upload' ? batches.get(group.id)?.accountLid : group.accountId;
  return accountLid === undefined ? null : accounts.key(accountLid);
}

/** The account of a group of which something may be asked. */
function reachable(repositories: Repositories, group: UserGroup) {
  const account = accountOf(repositories, group);
  if (!account && group.kind === 'upload') return refuse('import.not-found', group.id);
  if (!account) return refuse('account.not-found', group.kind);
  return account.isActive ? done(account) : refuse('account.deactivated', account.name, { name: account.name });
}

async function saveAcceptance(
  { repositories, host, clock }: EngineContext,
  batch: UploadBatch,
  { path, format }: { readonly path: string; readonly format: 'xlsx' | 'pdf' },
): Promise<WorkbookWritten> {
  const { importId, fileName, createdAt: uploadedAt } = batch;
  const head = { accountName: nameOf(repositories, batch), fileName, uploadedAt, madeAt: isoTime(clock.now()) };
  if (format === 'xlsx' || !host.printPdf) return writeAcceptance(path, head, allRows(repositories, importId, 'all'));
  const { html, rowCount } = await acceptancePage(head, allRows(repositories, importId, 'all'));
  const pdf = await host.printPdf(html);
  try {
    await writeFile(path, pdf);
    return { ok: true, rowCount };
  } catch (error) {
    return { ok: false, detail: error instanceof Error && 'code' in error ? String(error.code) : String(error) };
  }
}

async function saveFailed(
  { repositories, imports }: EngineContext,
  { importId }: UploadBatch,
  path: string,
): Promise<WorkbookWritten> {
  const left = (await imports.leftRows(importId)).map(({ values, issues }) => ({
    values,
    sentences: issues.map(issueSentence),
  }));
  return writeFailed(path, allRows(repositories, importId, 'refused'), left);
}

/** Other work gets its turn between the slices: a report of 100,000 rows takes seconds. */
async function* allRows({ uploadRows }: Repositories, id: string, filter: UploadFilter): AsyncGenerator<UploadRow> {
  for (const rows of uploadRows.slices(id, filter, SLICE_ROWS)) {
    yield* rows;
    await turn();
  }
}

function toUpload(repositories: Repositories, batch: UploadBatch): Listed {
  const { importId, accountLid, fileName, createdAt, waitingCount, sentCount, leftCount, isPaused } = batch;
  return {
    ...{ fileName, createdAt, waitingCount, sentCount, leftCount, isPaused },
    id: importId as ImportId,
    accountId: accountLid as AccountId,
    accountName: nameOf(repositories, batch),
    visibleCount: sentCount - repositories.uploadRows.unseenCount(importId),
    refusedCount: batch.refusedCount + batch.askedCount,
    unchangedCount: batch.unchangedCount,
    skippedCount: batch.skippedCount,
    pauseReason: batch.pauseReason as Listed['pauseReason'],
    isCanary: batch.canaryUntil > 0,
    undoOf: batch.undoOf as ImportId | null,
    purpose: batch.purpose,
    original: batch.undoOf === null ? batch.original : 'undo',
  };
}

function toRow(row: UploadRow): OutputOf<AppContract['uploads']['rows']>['rows'][number] {
  const { isVisible, lid, patch, seen, state, ...rest } = row;
  const text = (value: unknown): string => (typeof value === 'string' ? value : '');
  return {
    ...rest,
    userId: lid as UserId,
    state: state === 'sent' && isVisible ? 'visible' : state,
    changes:
      row.kind === 'patch'
        ? Object.keys(patch).map((field) => ({ field, from: text(seen[field]), to: text(patch[field]) }))
        : [],
  };
}

function nameOf({ accounts }: Repositories, { accountLid }: UploadBatch): string {
  return accounts.key(accountLid)?.name ?? '';
}
