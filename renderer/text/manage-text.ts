import { MOST_SELECTED } from '../../shared/model/user-group.ts';
import { count, counted } from './numbers.ts';

/** USR-8, in the portal's words. */
export const manageText = {
  open: (selected: number) => (selected === 0 ? 'Manage' : `Manage (${count(selected)})`),
  menu: 'Manage users',
  licenses: 'Licenses',
  licensesOfAll: 'Licenses of all users',
  welcome: 'Send welcome emails',
  welcomeAll: 'Send welcome emails to all',
  clear: 'Clear the selection',
  column: 'Select',
  row: (name: string) => `Select ${name}`,
  all: 'Select all users of this list',
  selected: (users: number) => `${count(users)} selected`,
  licensesOf: (users: number) => `Licenses of ${counted(users, 'user', 'users')}`,
  tooMany: `Up to ${count(MOST_SELECTED)} users can be selected. Manage without a selection means all users of the account.`,
} as const;
