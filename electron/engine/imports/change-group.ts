import { must } from '../../../shared/lib/must.ts';
import type { UserGroup } from '../../../shared/model/user-group.ts';
import { fieldsOf, type User, type UserField, type UserFields } from '../../../shared/model/user.ts';
import type { UploadPurpose } from '../database/upload-repository.ts';
import type { UploadContext } from './upload-draft.ts';
import type { Candidate } from './user-group.ts';

/** What an upload that came from no list is called on screens, in reports and by the command line. */
const TITLES: Readonly<Record<Exclude<UploadPurpose, ''>, string>> = {
  welcome: 'Welcome emails',
  licenses: 'Licenses',
};

type GroupChange = {
  readonly group: UserGroup;
  readonly purpose: Exclude<UploadPurpose, ''>;
  readonly candidates: AsyncGenerator<readonly Candidate[]>;
  /** Null: nothing becomes of this one. */
  readonly patchOf: (candidate: Candidate) => Partial<UserFields> | null;
};

/**
 * Changes many users as an upload of its own: each row is a change of its user, so it goes once however often the answer is lost, waits
 * for a user who is not in the cloud yet, and can be taken back until it leaves (IMP-11). Null: nobody is changed.
 */
export async function changeGroup(context: UploadContext, { group, purpose, candidates, patchOf }: GroupChange) {
  const { journal, repositories, identifiers, actor, now, userChanges } = context;
  const importId = identifiers.next();
  const { accountLid, subject } = placeOf(context, group, TITLES[purpose]);
  const createdAt = now();
  let queuedCount = 0;
  let leftCount = 0;
  for await (const slice of candidates) {
    const ready = slice.flatMap((one) => {
      const patch = patchOf(one);
      return patch ? [{ patch, user: must(one.user, 'nothing becomes of who is gone'), sourceRow: one.sourceRow }] : [];
    });
    leftCount += slice.length - ready.length;
    if (ready.length === 0) continue;
    journal.write((tx) => {
      const batch = { importId, accountLid, actor: actor(), fileName: subject, createdAt };
      if (queuedCount === 0) repositories.uploads.open(tx, { ...batch, purpose });
      for (const [index, { user, sourceRow, patch }] of ready.entries()) {
        const { id: lid, name, email } = user;
        const opId = userChanges.queue(tx, { importId, lid, accountLid, kind: 'patch' }, patch, fieldsOf(user));
        const row = queuedCount + index + 1;
        const seen = seenOf(user, patch);
        repositories.importChanges.add(tx, importId, {
          ...{ row, sourceRow, kind: 'patch', lid, name, email, opId, patch, seen, typed: null },
        });
      }
    });
    userChanges.show(ready.map(({ user }) => user.id));
    queuedCount += ready.length;
  }
  return queuedCount === 0 ? null : { importId, accountLid, subject, queuedCount, leftCount };
}

function seenOf(user: User, patch: Partial<UserFields>): Record<string, string> {
  return Object.fromEntries((Object.keys(patch) as UserField[]).map((field) => [field, user[field]]));
}

function placeOf({ repositories }: UploadContext, group: UserGroup, title: string) {
  const { uploads, accounts } = repositories;
  if (group.kind === 'upload') {
    const { accountLid, fileName } = must(uploads.get(group.id), 'the caller has seen it');
    return { accountLid, subject: `${title} – ${fileName}` };
  }
  const { name } = must(accounts.key(group.accountId), 'the caller has seen it');
  return { accountLid: group.accountId, subject: `${title} – ${name}` };
}
