import { count, counted } from './numbers.ts';

type Seats = { readonly limit: number; readonly used: number; readonly more: number };

const PARTS: Readonly<Record<string, readonly [one: string, many: string]>> = {
  create: ['new user', 'new users'],
  change: ['user changed', 'users changed'],
  unchanged: ['unchanged', 'unchanged'],
  skip: ['skipped', 'skipped'],
  conflict: ['conflict', 'conflicts'],
  errors: ['with errors', 'with errors'],
};

export const planText = {
  title: (account: string) => `Plan for ${account}`,
  checking: 'Checking the rows against the account…',
  part: (part: string, total: number): string => {
    const [one, many] = PARTS[part] ?? [part, part];
    return total === 1 ? one : many;
  },
  short: (parts: readonly (readonly [string, number])[]) =>
    parts.map(([label, total]) => `${count(total)} ${label}`).join(', '),
  seats: ({ limit, used, more }: Seats) =>
    used + more > limit
      ? `This account takes ${counted(limit, 'user', 'users')}: ${count(used)} are there and ${count(more)} are new, ${count(used + more - limit)} too many. The cloud will refuse those beyond the limit.`
      : `This account takes ${counted(limit, 'user', 'users')}: ${count(used)} are there, ${count(used + more)} afterwards.`,
  missingLicenses: (licenses: number) =>
    `${counted(licenses, 'license is', 'licenses are')} missing. The cloud will refuse the rows beyond those that are left; they come back to you and can be sent again when the customer has more.`,
  newerFile: (file: string, isEdited: boolean) =>
    `${file} was saved again after it was read. Upload sends the rows as they stand here; reading it again takes what is in the file now${isEdited ? ' and drops what you corrected here' : ''}.`,
  readAgain: 'Read it again',
  noWelcome: (users: number) =>
    `${counted(users, 'welcome e-mail is', 'welcome e-mails are')} not sent by the import. Send ${users === 1 ? 'it' : 'them'} from the results of the upload, or from the users list, when the customer is ready.`,
  careful:
    'Send the first rows alone and go on when the cloud has accepted them; stop by itself after 20 equal failures',
  back: 'Back to the rows',
  upload: (rows: number) => (rows === 0 ? 'Upload' : `Upload ${counted(rows, 'row', 'rows')}`),
  open: 'Plan',
  save: 'Save the plan',
  saved: (file: string, rows: number) =>
    `${file} was saved with ${counted(rows, 'row', 'rows')}. Open it on any laptop that has this account.`,
  fileName: (account: string) => `${account} plan.json`,
  openFile: 'Open a saved plan',
} as const;
