import type { ImportId, JobId } from '../../../shared/model/ids.ts';
import type { UserGroup } from '../../../shared/model/user-group.ts';
import { refuse, type Outcome } from '../../../shared/rpc/outcome.ts';
import type { ImportDesk } from './import-desk-port.ts';
import { licenseUsers, planLicenses } from './license-users.ts';
import type { createTurns } from './turns.ts';
import type { UploadContext } from './upload-draft.ts';
import { planWelcome, welcomeUsers } from './welcome-users.ts';

/** An upload that came from no list. */
export type OwnUpload = {
  readonly importId: string;
  readonly accountLid: string;
  readonly subject: string;
  readonly queuedCount: number;
  readonly leftCount: number;
};

type Queued = { importId: ImportId; jobId: JobId; queuedCount: number; leftCount: number };
type Desk = Pick<ImportDesk, 'planWelcome' | 'welcome' | 'planLicenses' | 'license'>;

/** What is asked of many users at once (USR-7, USR-8). */
export function createGroupDesk({
  context,
  turns,
  queued,
}: {
  readonly context: UploadContext;
  readonly turns: ReturnType<typeof createTurns>;
  /** It has begun. */
  readonly queued: (upload: OwnUpload) => Outcome<Queued, never>;
}): Desk {
  /** One after the other with what else is done to the upload, or to all users of the account. */
  function ofGroup<T>(group: UserGroup, work: () => Promise<T>): Promise<T> {
    return turns.take(group.kind === 'upload' ? group.id : group.accountId, true, work);
  }
  return {
    planWelcome: (group, again) => planWelcome(context, group, again),
    welcome: (group, again) =>
      ofGroup(group, async () => {
        const asked = await welcomeUsers(context, group, again);
        return asked ? queued(asked) : refuse('welcome.nobody', group.kind);
      }),
    planLicenses: (place, change) => planLicenses(context, place, change),
    license: (group, change) =>
      ofGroup(group, async () => {
        const asked = await licenseUsers(context, group, change);
        return asked ? queued(asked) : refuse('license.nobody', group.kind);
      }),
  };
}
