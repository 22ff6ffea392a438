import type { HistoryEntry, HistoryOutcome, RecordVersion } from '../../shared/contract/history.ts';
import { count, counted } from './numbers.ts';

export const historyText = {
  title: 'History',
  lead: 'What was done on this laptop, newest first, and what became of it.',
  leadCloud: 'What was different between two looks at the cloud, newest first: by you and by others.',
  list: 'History',
  here: 'Done here',
  cloud: 'In the cloud',
  views: 'What to show',
  outcome: 'Outcome',
  all: 'All outcomes',
  account: 'Account',
  allAccounts: 'All accounts',
  noAccounts: 'No account matches',
  emptyTitle: 'Nothing here yet',
  emptyBody: 'What you change on this laptop is written down here, with who, when and what became of it.',
  emptyFilterTitle: 'No entry with this outcome',
  emptyFilterBody: 'Choose another outcome or account.',
  emptyCloudTitle: 'No difference noticed yet',
  emptyCloudBody: 'When something of this account changes in the cloud, the next sync writes down what it was before.',
  kinds: { create: 'Add', patch: 'Change', delete: 'Delete', import: 'Import', other: 'Other' },
  types: { account: 'account', user: 'user' },
  rows: (rows: number) => counted(rows, 'row', 'rows'),
  unknownPerson: 'somebody else on this laptop',
  by: (who: string) => `by ${who}`,
  serverSays: (message: string) => `The cloud says: “${message}”`,
  correlation: 'Correlation id',
  copyCorrelation: 'Copy correlation id',
  copied: 'Correlation id copied.',
  undo: 'Undo this',
  again: 'Do it again',
  undoTitle: 'Undo this?',
  againTitle: 'Do it again?',
  queued: 'Queued. It is sent as soon as the cloud can be reached; until then you can take it back in the Outbox.',
  confirm: 'Queue it',
  cancel: 'Cancel',
  close: 'Close',
  broken: (id: number) =>
    `Entry ${count(id)} of this history does not follow from the one before it: it was changed or lost outside this console. Entries from there on are no proof. Keep a copy of the profile folder and report this to whoever looks after this laptop.`,
  asOf: 'As of…',
  asItWas: 'As it was',
  asOfTitle: (name: string) => `${name}, then and now`,
  when: 'Date and time',
  field: 'Field',
  past: 'Then',
  now: 'Now',
  onlyDifferent: 'Only what is different',
  noDifference: 'Nothing is different: these are today’s values.',
  notThere: 'It did not exist then.',
  isGone: 'It no longer exists in the cloud.',
  incomplete: 'This laptop knows nothing older: these are the oldest values it has seen.',
  nothingKnown: 'This laptop has never seen this record in the cloud.',
  sourceHere: 'From this laptop',
  sourceThere: 'Elsewhere',
  noticed: (when: string) => `noticed ${when}`,
  openHistory: 'History',
  details: 'Details',
  sections: 'Sections',
  noValue: 'empty',
} as const;

export const outcomeLabels: Readonly<Record<HistoryOutcome, string>> = {
  queued: 'Saved here',
  'changed-in-queue': 'Changed in the queue',
  sent: 'Sent',
  'found-there': 'Found in the cloud',
  'already-so': 'Was so already',
  conflict: 'Conflict',
  'decided-mine': 'Kept mine',
  'decided-theirs': 'Kept theirs',
  refused: 'Refused',
  undone: 'Undone',
  discarded: 'Discarded',
  exported: 'Exported',
  imported: 'Taken in',
  rescued: 'Rescued',
};

export const versionLabels: Readonly<Record<RecordVersion['what'], string>> = {
  created: 'Created',
  changed: 'Changed',
  deleted: 'Deleted',
  hidden: 'Hidden from your role',
};

const AGAIN: ReadonlySet<HistoryOutcome> = new Set(['undone', 'discarded', 'decided-theirs']);

/** What was given up here can be done again; what arrived can be undone. */
export function isAgain({ outcome }: Pick<HistoryEntry, 'outcome'>): boolean {
  return AGAIN.has(outcome);
}

/** What the engine will queue, before the person says yes. */
export function restoreSentence(entry: Pick<HistoryEntry, 'outcome' | 'kind' | 'type' | 'entityName'>): string {
  const { kind, entityName } = entry;
  const type = entry.type ?? 'user';
  const again = isAgain(entry);
  if (kind === 'patch') {
    return again
      ? `These values are set on ${entityName} once more. A field that has this value already is left alone.`
      : `These fields of ${entityName} go back to what they were before. What was changed in other fields since then stays.`;
  }
  if ((kind === 'create') === again) {
    return `${entityName} is added as a NEW ${type} with the values it had. It gets another ID, and what hung on the old one does not come back.`;
  }
  return `${entityName} is deleted in the cloud.`;
}
