import { must } from '../../../shared/lib/must.ts';
import { fieldsOf, type User } from '../../../shared/model/user.ts';
import type { WelcomeObstacle, WelcomeWhom } from '../../../shared/model/welcome.ts';
import type { UploadContext } from './upload-draft.ts';

export type WelcomePlan = {
  readonly readyCount: number;
  /** Of those who are left out, how many for which reason. */
  readonly left: Readonly<Record<WelcomeObstacle, number>>;
};

const SLICE_ROWS = 150;
/** What the upload is called on screens, in reports and by the command line. */
const SUBJECT = 'Welcome emails';

/** Who would be sent a welcome e-mail, and who not and why (USR-7). `again`: also those who need none. */
export async function planWelcome(context: UploadContext, whom: WelcomeWhom, again: boolean): Promise<WelcomePlan> {
  let readyCount = 0;
  const left = { gone: 0, refused: 0, deleting: 0, 'no-address': 0, 'sent-before': 0, registered: 0 };
  for await (const slice of candidates(context, whom)) {
    for (const one of slice) {
      const obstacle = obstacleOf(one, again);
      if (obstacle === null) readyCount += 1;
      else left[obstacle] += 1;
    }
  }
  return { readyCount, left };
}

/**
 * Asks for the e-mails as an upload of its own: each is a change of its user, so it is sent once however often the answer is lost, waits for
 * a user who is not in the cloud yet, and can be taken back until it leaves (IMP-11). Null: nobody is to be sent one.
 */
export async function welcomeUsers(context: UploadContext, whom: WelcomeWhom, again: boolean) {
  const { journal, repositories, identifiers, actor, now, userChanges } = context;
  const importId = identifiers.next();
  const { accountLid, subject } = placeOf(context, whom);
  const welcomeEmailOn = now();
  let queuedCount = 0;
  let leftCount = 0;
  for await (const slice of candidates(context, whom)) {
    const ready = slice.filter((one) => obstacleOf(one, again) === null);
    leftCount += slice.length - ready.length;
    if (ready.length === 0) continue;
    journal.write((tx) => {
      const batch = { importId, accountLid, actor: actor(), fileName: subject, createdAt: welcomeEmailOn };
      if (queuedCount === 0) repositories.uploads.open(tx, { ...batch, isWelcome: true });
      for (const [index, { user, sourceRow }] of ready.entries()) {
        const { id: lid, name, email, welcomeEmailOn: before } = must(user, 'one who is not here has an obstacle');
        const patch = { welcomeEmailOn };
        const at = { importId, lid, accountLid, kind: 'patch' } as const;
        const opId = userChanges.queue(tx, at, patch, fieldsOf(must(user, 'as above')));
        const row = queuedCount + index + 1;
        const seen = { welcomeEmailOn: before };
        repositories.importChanges.add(tx, importId, {
          ...{ row, sourceRow, kind: 'patch', lid, name, email, opId, patch, seen, typed: null },
        });
      }
    });
    userChanges.show(ready.map(({ lid }) => lid));
    queuedCount += ready.length;
  }
  return queuedCount === 0 ? null : { importId, accountLid, subject, queuedCount, leftCount };
}

type Candidate = {
  readonly lid: string;
  readonly user: User | null;
  readonly sourceRow: number | null;
  readonly isRefused: boolean;
};

async function* candidates(context: UploadContext, whom: WelcomeWhom): AsyncGenerator<readonly Candidate[]> {
  const { repositories, breathe } = context;
  const { users, uploadRows, accounts } = repositories;
  const of = (lid: string): Candidate => ({ lid, user: users.get(lid), sourceRow: null, isRefused: false });
  if (whom.kind === 'upload') {
    for (const rows of uploadRows.slices(whom.id, 'all', SLICE_ROWS)) {
      const made = rows.filter(({ kind, state }) => kind === 'create' && state !== 'withdrawn');
      yield made.map(({ lid, sourceRow, state }) => ({ ...of(lid), sourceRow, isRefused: state === 'refused' }));
      await breathe();
    }
    return;
  }
  const home = must(accounts.key(whom.accountId), 'the caller has seen it').rowid;
  for (let offset = 0; ; offset += SLICE_ROWS) {
    const { rows } = users.page(home, '', { offset, limit: SLICE_ROWS });
    if (rows.length === 0) return;
    yield rows.map(({ id }) => of(id));
    await breathe();
  }
}

function obstacleOf({ user, isRefused }: Candidate, again: boolean): WelcomeObstacle | null {
  if (!user) return isRefused ? 'refused' : 'gone';
  if (isRefused || (user.serverId === null && user.pending === 'attention')) return 'refused';
  if (user.pending === 'deleting') return 'deleting';
  if (user.email === '') return 'no-address';
  if (again) return null;
  if (user.isRegistered) return 'registered';
  return user.welcomeEmailOn === '' ? null : 'sent-before';
}

function placeOf({ repositories }: UploadContext, whom: WelcomeWhom) {
  const { uploads, accounts } = repositories;
  if (whom.kind === 'upload') {
    const { accountLid, fileName } = must(uploads.get(whom.id), 'the caller has seen it');
    return { accountLid, subject: `${SUBJECT} – ${fileName}` };
  }
  const { name } = must(accounts.key(whom.accountId), 'the caller has seen it');
  return { accountLid: whom.accountId, subject: `${SUBJECT} – ${name}` };
}
