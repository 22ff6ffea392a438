import type { UserGroup, WelcomeObstacle } from '../../../shared/model/user-group.ts';
import { changeGroup } from './change-group.ts';
import type { UploadContext } from './upload-draft.ts';
import { absenceOf, candidatesOf, type Candidate } from './user-group.ts';

export type WelcomePlan = {
  readonly readyCount: number;
  /** Of those who are left out, how many for which reason. */
  readonly left: Readonly<Record<WelcomeObstacle, number>>;
};

/** Who would be sent a welcome e-mail, and who not and why (USR-7). `again`: also those who need none. */
export async function planWelcome(context: UploadContext, group: UserGroup, again: boolean): Promise<WelcomePlan> {
  let readyCount = 0;
  const left = { gone: 0, refused: 0, deleting: 0, 'no-address': 0, 'sent-before': 0, registered: 0 };
  for await (const slice of candidatesOf(context, group, ['create'])) {
    for (const one of slice) {
      const obstacle = obstacleOf(one, again);
      if (obstacle === null) readyCount += 1;
      else left[obstacle] += 1;
    }
  }
  return { readyCount, left };
}

/** Asks for the e-mails (IMP-11). Null: nobody is to be sent one. */
export async function welcomeUsers(context: UploadContext, group: UserGroup, again: boolean) {
  const welcomeEmailOn = context.now();
  return changeGroup(context, {
    ...{ group, purpose: 'welcome', candidates: candidatesOf(context, group, ['create']) },
    patchOf: (one) => (obstacleOf(one, again) === null ? { welcomeEmailOn } : null),
  });
}

function obstacleOf(candidate: Candidate, again: boolean): WelcomeObstacle | null {
  const absence = absenceOf(candidate);
  const { user } = candidate;
  if (absence !== null || !user) return absence;
  if (user.email === '') return 'no-address';
  if (again) return null;
  if (user.isRegistered) return 'registered';
  return user.welcomeEmailOn === '' ? null : 'sent-before';
}
