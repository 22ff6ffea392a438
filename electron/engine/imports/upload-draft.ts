import type { StoredImport } from '../database/import-repository.ts';
import type { PreviewRow } from '../database/import-rows.ts';
import type { Repositories } from '../database/repositories.ts';
import type { Tx } from '../database/store.ts';
import type { Pace } from '../database/upload-pace.ts';
import { must } from '../../../shared/lib/must.ts';
import { emailKey } from '../../../shared/model/email.ts';
import { CLEAR_TOKEN, IMPORT_FIELDS } from '../../../shared/model/import-row.ts';
import type { ImportField, ImportValues } from '../../../shared/model/import-row.ts';
import { NO_USER_FIELDS } from '../../../shared/model/user.ts';
import type { UserChoices } from '../../../shared/model/user-choices.ts';
import { changesOf, storedValue } from '../domain/import-plan.ts';
import type { Identifiers } from '../runtime/identifiers.ts';
import type { FieldValues } from '../domain/merge.ts';
import type { Elsewhere } from './account-rules.ts';
import { forgetSteps } from './edit-draft.ts';
import { learnHeadings } from './learn-headings.ts';
import type { DraftContext, DraftOf } from './draft-context.ts';

/** Rows per slice: each writes to both databases, so it is half of what an edit takes. */
const UPLOAD_ROWS = 150;

/** A user with the address in another account is a warning: the row goes all the same. */
const ELSEWHERE_IS_NO_MATTER: Elsewhere = new Map();

type QueuedAt = {
  readonly importId: string;
  readonly lid: string;
  readonly accountLid: string;
  readonly kind: 'patch' | 'delete';
};

/** The way of a change of a user into the queue, and onto the screens. */
export type UserChanges = {
  /** In the transaction that takes the row out of the preview. Resolves the change's id. */
  queue(tx: Tx<'journal'>, at: QueuedAt, patch: FieldValues, view: FieldValues): string;
  /** Shows the users as the queue has them now. */
  show(lids: readonly string[]): void;
};

export type UploadContext = DraftContext & {
  readonly repositories: Repositories;
  readonly identifiers: Identifiers;
  readonly userChanges: UserChanges;
  readonly actor: () => string;
};

type UploadedDraft = StoredImport & DraftOf;
export type Uploaded = { readonly queued: number; readonly unchanged: number; readonly skipped: number };

/**
 * Moves the rows without errors into the queue (IMP-5, IMP-7). Each slice leaves the preview and enters the queue in one transaction of
 * the journal, so a row is always in exactly one of the two. Rows with nothing to send leave the preview too.
 */
export async function uploadDraft(context: UploadContext, draft: UploadedDraft, pace: Pace): Promise<Uploaded> {
  const { journal, imports, orders, breathe, now, repositories } = context;
  const { staging } = draft;
  const rowIds = (await orders.of(staging)).rowIds('ready').slice();
  const sum = { queued: 0, unchanged: 0, skipped: 0 };
  if (rowIds.length === 0) return sum;
  const { id: importId, accountLid, fileName } = draft;
  const fixes = context.steps.fixes(staging);
  if (fixes.length > 0) journal.write((tx) => imports.keepFixes(tx, importId, [...draft.fixes, ...fixes]));
  await forgetSteps(context, staging);
  journal.write((tx) => {
    learnHeadings(repositories, tx, { ...draft, at: now() });
    repositories.uploads.open(tx, { importId, accountLid, fileName, actor: context.actor(), createdAt: now() });
    repositories.uploads.setPace(tx, importId, pace);
    const { chosen, sha256, reading } = draft;
    const uploadedFrom = chosen.uploadedFrom ?? { sha256, sheet: reading?.sheet ?? '' };
    imports.chose(tx, importId, { ...chosen, uploadedFrom });
  });
  for (let at = 0; at < rowIds.length; at += UPLOAD_ROWS) {
    const rows = stillReady(context, draft, rowIds.subarray(at, at + UPLOAD_ROWS));
    if (rows.length > 0) {
      const taken = await uploadSlice(context, draft, rows);
      for (const name of ['queued', 'unchanged', 'skipped'] as const) sum[name] += taken[name];
    }
    await breathe();
  }
  if (imports.get(draft.id)?.rowCount === 0) journal.write((tx) => imports.finished(tx, draft.id, staging, now()));
  return sum;
}

async function uploadSlice(
  context: UploadContext,
  draft: UploadedDraft,
  rows: readonly PreviewRow[],
): Promise<Uploaded> {
  const { repositories, userChanges, breathe } = context;
  const { id: importId, accountLid } = draft;
  const of = (action: PreviewRow['action']): readonly PreviewRow[] => rows.filter((row) => row.action === action);
  const choices = context.rules.choices(accountLid);
  const items = of('create').map((row) => toItem(context, choices, row));
  const changes = of('change');
  const passed = { unchanged: of('unchanged').length, skipped: of('skip').length };
  context.change(
    draft,
    rows.map(({ rowId }) => ({ rowId, after: null })),
    (tx) => {
      repositories.uploads.enqueue(tx, importId, items);
      for (const row of changes) queueChange(context, tx, { draft, choices }, row);
      repositories.uploads.passOver(tx, importId, passed);
    },
  );
  await breathe();
  // A crash before this is made good at the next start: the queue is what counts.
  showItems(context, accountLid, items);
  if (changes.length > 0) userChanges.show(changes.map(({ target }) => target));
  return { queued: items.length + changes.length, ...passed };
}

/**
 * The account may have changed since the rows were checked: each is judged again, against the plan that the person saw. Rows of which
 * something else would become now stay, with what is said about them.
 */
function stillReady(context: UploadContext, draft: UploadedDraft, rowIds: Uint32Array): readonly PreviewRow[] {
  const rows = context.rows.many(draft.staging, rowIds);
  const judge = context.rules.judgeFor(
    draft,
    rows.map((row) => row.emailKey),
    ELSEWHERE_IS_NO_MATTER,
  );
  const moved = new Set<number>();
  for (const row of rows) {
    const now = judge(row, row.action === 'change' ? row.planned : null);
    if (now.action !== row.action || now.target !== row.target) moved.add(row.rowId);
  }
  if (moved.size > 0) {
    const changes = rows.filter(({ rowId }) => moved.has(rowId));
    context.change(
      draft,
      changes.map((row) => ({ rowId: row.rowId, after: row, before: row.action === 'change' ? row.planned : null })),
    );
  }
  return rows.filter(({ rowId }) => !moved.has(rowId));
}

function queueChange(
  context: UploadContext,
  tx: Tx<'journal'>,
  { draft, choices }: { readonly draft: UploadedDraft; readonly choices: UserChoices },
  row: PreviewRow,
): void {
  const { repositories, userChanges } = context;
  const user = must(repositories.users.get(row.target), 'it was found by its address just now');
  const view = Object.fromEntries(IMPORT_FIELDS.map((field) => [field, user[field]]));
  const changes = changesOf(row.values, user, choices);
  const patch = Object.fromEntries(changes.map(({ field, to }) => [field, to]));
  const seen = Object.fromEntries(changes.map(({ field, from }) => [field, from]));
  const { sourceRow, values, notes, isChanged, existing } = row;
  const at = { importId: draft.id, lid: row.target, accountLid: draft.accountLid };
  repositories.importChanges.add(tx, draft.id, {
    ...{ row: row.rowId, lid: row.target, sourceRow, name: user.name, email: user.email, patch, seen },
    kind: 'patch',
    opId: userChanges.queue(tx, { ...at, kind: 'patch' }, patch, view),
    typed: { sourceRow, values, notes, isChanged, existing },
  });
}

type Item = Parameters<Repositories['uploads']['enqueue']>[2][number];

function toItem(context: UploadContext, choices: UserChoices, row: PreviewRow): Item {
  const values = Object.fromEntries(
    IMPORT_FIELDS.map((field): [ImportField, string] => {
      const cell = row.values[field] === CLEAR_TOKEN ? '' : row.values[field];
      return [field, must(storedValue(field, cell, choices), 'a ready row says only what is known')];
    }),
  ) as ImportValues;
  const lid = context.identifiers.next();
  return { row: row.rowId, lid, emailKey: emailKey(values.email), sourceRow: row.sourceRow, values };
}

/** The users list shows what is queued at once, as new. */
function showItems({ repositories }: UploadContext, accountLid: string, items: readonly Item[]): void {
  const home = repositories.accounts.key(accountLid);
  if (!home) return;
  const users = items.map(({ lid, values }) => ({
    lid,
    fields: { ...NO_USER_FIELDS, ...values },
    pending: 1 as const,
  }));
  repositories.cache.write((tx) => repositories.users.putLocal(tx, home.rowid, users));
}
