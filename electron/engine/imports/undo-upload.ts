import { fieldsOf, USER_ACTS } from '../../../shared/model/user.ts';
import type { User, UserField } from '../../../shared/model/user.ts';
import { whyNotDeletable } from '../../../shared/model/user-rules.ts';
import { must } from '../../../shared/lib/must.ts';
import type { UploadRow } from '../database/upload-row-repository.ts';
import type { FieldValues } from '../domain/merge.ts';
import type { UploadContext } from './upload-draft.ts';

/** Why a row stays as it is: nothing of it can be taken back without taking away somebody's later work. */
export const UNDO_OBSTACLES = [
  'gone',
  'changed-since',
  'change-waiting',
  'not-deletable',
  'deleted-by-it',
  'email-sent',
] as const;
export type UndoObstacle = (typeof UNDO_OBSTACLES)[number];

type UndoRow = Pick<UploadRow, 'row' | 'sourceRow' | 'kind' | 'name' | 'email'> & {
  /** Null: it can be taken back. */
  readonly obstacle: UndoObstacle | null;
};
export type UndoPlan = {
  readonly deleteCount: number;
  readonly restoreCount: number;
  readonly leftCount: number;
  /** Of the rows that stay, the first thousand. */
  readonly left: readonly UndoRow[];
};

const SLICE_ROWS = 150;
const SHOWN_ROWS = 1000;

/** What taking back would do, row by row (IMP-10). */
export async function planUndo(context: UploadContext, importId: string): Promise<UndoPlan | null> {
  if (!context.repositories.uploads.get(importId)) return null;
  let deleteCount = 0;
  let restoreCount = 0;
  let leftCount = 0;
  const left: UndoRow[] = [];
  await eachSentSlice(context, importId, (rows) => {
    for (const { row, sourceRow, kind, name, email, obstacle } of rows.map((one) => judged(context, one))) {
      if (obstacle === null && kind === 'create') deleteCount += 1;
      else if (obstacle === null) restoreCount += 1;
      else {
        leftCount += 1;
        if (leftCount <= SHOWN_ROWS) left.push({ row, sourceRow, kind, name, email, obstacle });
      }
    }
  });
  return { deleteCount, restoreCount, leftCount, left };
}

/** Queues the way back of every row that has one, as an upload of its own. Null: there is none. */
export async function undoUpload(context: UploadContext, ofImport: string) {
  const { journal, repositories, identifiers, actor, now, userChanges } = context;
  const batch = must(repositories.uploads.get(ofImport), 'the caller has seen it');
  const { accountLid, fileName } = batch;
  const importId = identifiers.next();
  let queuedCount = 0;
  let leftCount = 0;
  let isOpen = false;
  await eachSentSlice(context, ofImport, (rows) => {
    const ways = rows.map((row) => judged(context, row));
    const possible = ways.filter(({ obstacle }) => obstacle === null);
    leftCount += ways.length - possible.length;
    if (possible.length === 0) return;
    journal.write((tx) => {
      if (!isOpen) {
        repositories.uploads.open(tx, {
          importId,
          actor: actor(),
          accountLid,
          fileName,
          createdAt: now(),
          undoOf: ofImport,
        });
        isOpen = true;
      }
      for (const { row, sourceRow, kind, lid, name, email, user, patch } of possible) {
        const view: FieldValues = fieldsOf(must(user, 'a row without its user has an obstacle'));
        const way = kind === 'create' ? 'delete' : 'patch';
        const opId = userChanges.queue(tx, { importId, lid, accountLid, kind: way }, patch, view);
        const seen = Object.fromEntries(Object.keys(patch).map((field) => [field, view[field] ?? '']));
        const change = { row, sourceRow, kind: way, lid, name, email, opId, patch, seen, typed: null } as const;
        repositories.importChanges.add(tx, importId, change);
      }
    });
    userChanges.show(possible.map(({ lid }) => lid));
    queuedCount += possible.length;
  });
  return isOpen ? { importId, accountLid, subject: fileName, queuedCount, leftCount } : null;
}

type Judged = UploadRow & { readonly obstacle: UndoObstacle | null; readonly user: User | null };

/** `patch` becomes what leads back. */
function judged({ repositories }: UploadContext, row: UploadRow): Judged {
  const user = repositories.users.get(row.lid);
  const way = (obstacle: UndoObstacle | null, patch: FieldValues = {}): Judged => ({ ...row, user, obstacle, patch });
  if (row.kind === 'delete') return way('deleted-by-it');
  if (!user) return way('gone');
  if (user.pending !== null) return way('change-waiting');
  const patch = Object.fromEntries(
    Object.entries(row.seen).filter(([field]) => !USER_ACTS.includes(field as UserField)),
  );
  if (row.kind === 'patch' && Object.keys(patch).length === 0) return way('email-sent');
  const view: FieldValues = fieldsOf(user);
  const hasMoved = Object.keys(row.patch).some((field) => row.patch[field] !== '' && view[field] !== row.patch[field]);
  if (hasMoved) return way('changed-since');
  if (row.kind === 'patch') return way(null, patch);
  return way(whyNotDeletable(user) === null ? null : 'not-deletable');
}

async function eachSentSlice(
  { repositories, breathe }: UploadContext,
  importId: string,
  take: (rows: readonly UploadRow[]) => void,
): Promise<void> {
  for (const rows of repositories.uploadRows.slices(importId, 'sent', SLICE_ROWS)) {
    take(rows);
    await breathe();
  }
}
