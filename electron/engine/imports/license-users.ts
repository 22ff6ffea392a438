import { LICENSES, licensesOf, type License, type LicenseFields } from '../../../shared/model/license.ts';
import type { LicenseChange, LicenseObstacle, NeededSeats, UserGroup } from '../../../shared/model/user-group.ts';
import { seatsOf } from '../database/seats.ts';
import type { Repositories } from '../database/repositories.ts';
import { changeGroup } from './change-group.ts';
import type { UploadContext } from './upload-draft.ts';
import { absenceOf, candidatesOf, type Candidate } from './user-group.ts';

export type LicensePlan = {
  readonly readyCount: number;
  readonly left: Readonly<Record<LicenseObstacle, number>>;
  readonly seats: readonly NeededSeats[];
};

type Place = { readonly group: UserGroup; readonly accountLid: string };

/** Whose licenses would change, and whether the account has enough of them (IMP-11, MA 2.4). */
export async function planLicenses(
  context: UploadContext,
  { group, accountLid }: Place,
  change: LicenseChange,
): Promise<LicensePlan> {
  let readyCount = 0;
  const left = { gone: 0, refused: 0, deleting: 0, unchanged: 0 };
  const tally = createSeatTally();
  for await (const slice of candidates(context, group)) {
    for (const one of slice) {
      const obstacle = obstacleOf(one, change);
      if (obstacle !== null) left[obstacle] += 1;
      else if (one.user) {
        readyCount += 1;
        tally.add(one.user, { ...one.user, ...defined(change) });
      }
    }
  }
  return { readyCount, left, seats: tally.seats(context.repositories, accountLid) };
}

/** Null: nothing becomes of anybody. */
export async function licenseUsers(context: UploadContext, group: UserGroup, change: LicenseChange) {
  return changeGroup(context, {
    ...{ group, purpose: 'licenses', candidates: candidates(context, group) },
    patchOf: (one) => (obstacleOf(one, change) === null && one.user ? differing(one.user, change) : null),
  });
}

/** Counts what users have more or less than before. */
export function createSeatTally() {
  const needed = new Map<License, number>();
  const count = (license: License, by: number): void => void needed.set(license, (needed.get(license) ?? 0) + by);
  return {
    add(before: LicenseFields, after: LicenseFields): void {
      for (const license of licensesOf(before)) count(license, -1);
      for (const license of licensesOf(after)) count(license, 1);
    },
    /** Of what the account has, its users have, or would have. */
    seats(repositories: Repositories, accountLid: string): readonly NeededSeats[] {
      const known = seatsOf(repositories, accountLid);
      return LICENSES.flatMap((license) => {
        const { total, assigned } = known.find((one) => one.license === license) ?? { total: 0, assigned: 0 };
        const more = needed.get(license) ?? 0;
        return total + assigned === 0 && more === 0 ? [] : [{ license, total, assigned, needed: more }];
      });
    },
  };
}

function candidates(context: UploadContext, group: UserGroup) {
  return candidatesOf(context, group, ['create', 'patch']);
}

function obstacleOf(candidate: Candidate, change: LicenseChange): LicenseObstacle | null {
  const absence = absenceOf(candidate);
  if (absence !== null || !candidate.user) return absence;
  return Object.keys(differing(candidate.user, change)).length === 0 ? 'unchanged' : null;
}

function differing(user: LicenseFields, change: LicenseChange): Partial<LicenseFields> {
  const wanted = Object.entries(defined(change)) as [keyof LicenseFields, string][];
  return Object.fromEntries(wanted.filter(([field, value]) => user[field] !== value));
}

function defined(change: LicenseChange): Partial<LicenseFields> {
  return Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
}
