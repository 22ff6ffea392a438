import { LICENSE_LABELS, missingLicenses, tierLabel } from '../../shared/model/license.ts';
import type { LicenseObstacle, NeededSeats } from '../../shared/model/user-group.ts';
import { count, counted } from './numbers.ts';

const left: Readonly<Record<LicenseObstacle, (users: number) => string>> = {
  unchanged: (users) => `${counted(users, 'user has', 'users have')} them so already.`,
  refused: (users) => `${counted(users, 'row was', 'rows were')} refused by the cloud; there is no user yet.`,
  deleting: (users) => `${counted(users, 'user is', 'users are')} being deleted.`,
  gone: (users) => `${counted(users, 'user is', 'users are')} no longer there.`,
};

/** BIL-4, BIL-5, in the portal's words. */
export const licenseText = {
  open: 'Licenses',
  ofAll: 'Licenses of all users',
  ofUpload: 'Licenses of the imported users',
  mitelOne: 'Mitel One licenses',
  meetings: 'MiTeam Meetings licenses',
  unchanged: 'Leave unchanged',
  unassignAll: 'Unassign all',
  assignAll: 'Assign all',
  tier: (tier: string, free: number) => `${tierLabel(tier)} – ${count(free)} left`,
  assign: (free: number) => `Assign all – ${count(free)} left`,
  choose: 'Choose what to assign or unassign. Nothing changes before you say so.',
  ready: (users: number) =>
    `The licenses of ${counted(users, 'user', 'users')} change as soon as the cloud can be reached. Until then you can take it back.`,
  nobody: 'Nobody’s licenses change by this.',
  leftOut: 'Left as they are:',
  left,
  table: 'Licenses of the account',
  license: 'License',
  assigned: 'Assigned',
  afterwards: 'Afterwards',
  available: 'Left then',
  row: ({ license, total, assigned, needed }: NeededSeats) => ({
    label: LICENSE_LABELS[license],
    assigned: `${count(assigned)} of ${count(total)}`,
    afterwards: count(assigned + needed),
    available: count(total - assigned - needed),
    isShort: needed > 0 && assigned + needed > total,
  }),
  none: 'No licenses are assigned to this account. Assign an order to it first.',
  missing: (licenses: number) => `${missingLicenses(licenses)}.`,
  confirm: (users: number) => (users === 0 ? 'Change licenses' : `Change licenses of ${count(users)}`),
  cancel: 'Cancel',
  queued: (users: number) => `The licenses of ${counted(users, 'user', 'users')} are on the way.`,
} as const;
