import type { UserField } from '../../shared/model/user.ts';
import type { UserProblem } from '../../shared/model/user-rules.ts';
import { count } from './numbers.ts';

export const usersText = {
  title: 'Users',
  add: 'Add User',
  importUsers: 'Import Users',
  search: 'Search Users',
  clearSearch: 'Clear search',
  list: 'Users',
  name: 'NAME',
  email: 'EMAIL ADDRESS',
  ext: 'EXT',
  modified: 'MODIFIED ON (BY)',
  licenses: 'LICENSES',
  moreLicenses: (more: number) => `+${more}`,
  role: 'ROLE',
  status: 'STATUS',
  registered: 'Registered',
  unregistered: 'Not registered',
  total: (total: number) => (total === 1 ? '1 user' : `${count(total)} users`),
  matches: (total: number) => (total === 1 ? '1 match' : `${count(total)} matches`),
  capped: (total: number) => `The first ${count(total)} matches are shown. Type more letters to narrow the search.`,
  emptyTitle: 'No users in this account yet',
  emptyBody: 'Add a user, or import many at once from a spreadsheet.',
  neverLoadedTitle: 'The users of this account are not on this computer yet',
  neverLoadedBody: 'They are fetched when the cloud can be reached. Sync now, or work with what you add here.',
  syncNow: 'Sync now',
  noMatchTitle: 'No user matches',
  noMatchBody: 'Search by part of the name, the e-mail address or the extension.',
  noPermissionTitle: 'Users are not open to your role',
  noPermissionBody: 'Ask an administrator of your partner account for the permission to view users.',
} as const;

export const userText = {
  newTitle: 'New User',
  close: 'Close',
  details: 'User details',
  create: 'Create',
  save: 'Save',
  cancel: 'Cancel',
  discard: 'Discard',
  unsaved: (fields: number) => (fields === 1 ? '1 field changed, not saved' : `${fields} fields changed, not saved`),
  saved: 'Saved on this computer. The change is sent as soon as the cloud can be reached.',
  created: (name: string) => `${name} was added on this computer and is sent as soon as the cloud can be reached.`,
  countryCode: 'Country code',
  mobileNumber: 'Mobile Number',
  accountAdmin: 'Account Admin',
  accountAdminNote: 'May administer this whole account.',
  nameNote: 'Made from first and last name when left empty.',
  noSmsNumber: 'None',
  accountLanguage: 'Account language',
  tagsNote: 'Separate tags with commas',
  openConflict: (name: string) => (name ? `Open ${name}` : 'Open the other user'),
  locked: (source: string) => `From ${source}`,
  lockedWarning: (source: string) =>
    `This user comes from ${source}. Locked fields are changed in ${source}; the next sync may overwrite what is changed here.`,
  readOnly: 'Your role may view users but not change them.',
  noAdd: 'Your role may not add users. Ask an administrator of your partner account for the permission.',
  gone: 'This user is no longer there',
  goneBody: 'The user was deleted or is hidden from your role. Close this panel; the list shows who exists now.',
  source: 'Source',
  createdOn: 'Created',
  modified: 'Last modified',
  status: 'Status',
} as const;

/** BIL-4 and BIL-5, in the portal's words. */
export const productsText = {
  section: 'Products and licenses',
  none: 'None',
  left: (left: number) => `${count(left)} left`,
  notAvailable: 'Licenses not available',
  noLicenses: 'No Licenses',
} as const;

/** USR-9, in the portal's words. */
export const deleteUserText = {
  delete: 'Delete',
  title: 'Delete User',
  body: (name: string, email: string) =>
    `${name} (${email}) can no longer sign in once the cloud has the deletion. Until it is sent, you can take it back in the Outbox.`,
  word: 'delete',
  type: 'Type the word delete',
  cancel: 'Cancel',
  deleted: (name: string) => `${name} is deleted as soon as the cloud can be reached.`,
  notes: {
    PBX: 'This removes only the CloudLink account of the user. The user stays on the PBX and in this list; a welcome email makes a CloudLink account again.',
    SCIM: 'This removes only the CloudLink account of the user. The user stays in the directory; delete the user there as well.',
  } as Readonly<Record<string, string>>,
} as const;

export const userFieldLabels: Readonly<Record<UserField, string>> = {
  firstName: 'First Name',
  lastName: 'Last Name',
  name: 'Name',
  email: 'Email',
  mobile: 'Mobile Number',
  extension: 'EXT',
  role: 'Role',
  mitelOne: 'Mitel One',
  miteamMeetings: 'MiTeam Meetings',
  smsNumber: 'SMS Number',
  language: 'Language',
  userTemplate: 'User Template',
  tags: 'Tags',
  welcomeEmailOn: 'Welcome Email',
};

const sources: Readonly<Record<string, string>> = {
  ACCOUNTS: 'this console',
  PBX: 'the PBX',
  SCIM: 'the directory (SCIM)',
  MICLOUD_CONNECT: 'MiCloud Connect',
  IMPORT: 'a spreadsheet import',
};

export function sourceName(source: string): string {
  return sources[source] ?? (source === '' ? 'the cloud' : source);
}

export function userProblemText({ field, problem }: UserProblem): string {
  switch (problem) {
    case 'required':
      return field === 'name'
        ? 'Enter at least one of First Name, Last Name and Name'
        : `Enter the ${userFieldLabels[field]}`;
    case 'invalid-email':
      return 'Enter a valid e-mail address, such as name@example.com';
    case 'invalid-phone':
      return 'Enter the whole number with its country code';
    case 'invalid-extension':
      return 'Use digits, * and # only, 20 at most';
    case 'not-offered':
      return 'The account has this no longer. Choose another one';
    case 'in-use':
      return 'Another user of the account has it. Choose another one';
    case 'none-left':
      return productsText.notAvailable;
  }
}
