import { must } from '../../../shared/lib/must.ts';
import type { UserGroup } from '../../../shared/model/user-group.ts';
import type { User } from '../../../shared/model/user.ts';
import type { UploadRow } from '../database/upload-row-repository.ts';
import type { UploadContext } from './upload-draft.ts';

/** Somebody of whom something is asked. */
export type Candidate = {
  readonly lid: string;
  /** Null: no longer there. */
  readonly user: User | null;
  readonly sourceRow: number | null;
  /** The cloud refused the row that was to make the user. */
  readonly isRefused: boolean;
};

const SLICE_ROWS = 150;

/** The users of a group in slices; of an upload those of rows of these kinds. Other work gets its turn between them. */
export async function* candidatesOf(
  { repositories, breathe }: UploadContext,
  group: UserGroup,
  kinds: readonly UploadRow['kind'][],
): AsyncGenerator<readonly Candidate[]> {
  const { users, uploadRows, accounts } = repositories;
  const of = (lid: string): Candidate => ({ lid, user: users.get(lid), sourceRow: null, isRefused: false });
  if (group.kind === 'upload') {
    for (const rows of uploadRows.slices(group.id, 'all', SLICE_ROWS)) {
      const meant = rows.filter(({ kind, state }) => kinds.includes(kind) && state !== 'withdrawn');
      yield meant.map(({ lid, sourceRow, state, kind }) => {
        return { ...of(lid), sourceRow, isRefused: kind === 'create' && state === 'refused' };
      });
      await breathe();
    }
    return;
  }
  if (group.kind === 'users') {
    for (let at = 0; at < group.ids.length; at += SLICE_ROWS) {
      yield group.ids.slice(at, at + SLICE_ROWS).map((id) => ofAccount(of(id), group.accountId));
      await breathe();
    }
    return;
  }
  const home = must(accounts.key(group.accountId), 'the caller has seen it').rowid;
  for (let offset = 0; ; offset += SLICE_ROWS) {
    const { rows } = users.page(home, '', { offset, limit: SLICE_ROWS });
    if (rows.length === 0) return;
    yield rows.map(({ id }) => of(id));
    await breathe();
  }
}

/** Who has moved to another account is not there. */
function ofAccount(candidate: Candidate, accountId: string): Candidate {
  return candidate.user?.accountId === accountId ? candidate : { ...candidate, user: null };
}

/** Why nothing can be asked of somebody at all. */
export function absenceOf({ user, isRefused }: Candidate): 'gone' | 'refused' | 'deleting' | null {
  if (!user) return isRefused ? 'refused' : 'gone';
  if (isRefused || (user.serverId === null && user.pending === 'attention')) return 'refused';
  return user.pending === 'deleting' ? 'deleting' : null;
}
