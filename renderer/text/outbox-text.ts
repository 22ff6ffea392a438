import { count, counted } from './numbers.ts';
import { isRefusalCode, refusals } from './refusals.ts';
import { roleLabel } from '../../shared/model/role.ts';
import { accountFieldLabels } from './accounts-text.ts';
import { countryName, languageName } from './country-names.ts';
import { userFieldLabels } from './users-text.ts';

export const outboxText = {
  title: 'Outbox',
  lead: 'Changes made here that the cloud does not have yet. They are sent in this order as soon as it can be reached.',
  emptyTitle: 'Nothing is waiting',
  emptyBody: 'Every change made on this computer has reached the cloud.',
  waiting: (total: number) => counted(total, 'change waits', 'changes wait'),
  attention: (total: number) => counted(total, 'needs attention', 'need attention'),
  changes: 'Waiting changes',
  batches: 'Imports',
  kinds: { create: 'Add', patch: 'Change', delete: 'Delete' },
  types: { account: 'account', user: 'user' },
  noValue: 'empty',
  undo: 'Undo',
  retry: 'Retry',
  decide: 'Decide',
  undone: (changes: number) => `${counted(changes, 'change was', 'changes were')} taken back.`,
  retried: 'The change is sent again as soon as the cloud can be reached.',
  dependantsTitle: 'Undo these changes together?',
  dependantsBody: (others: number | null) =>
    `${others === null ? 'Other changes build' : others === 1 ? '1 other change builds' : `${count(others)} other changes build`} on this one and cannot be sent without it. Undo takes all of them back.`,
  undoAll: 'Undo all',
  keep: 'Keep',
  age: (age: string) => `queued ${age}`,
  attempts: (attempts: number) => (attempts === 0 ? '' : counted(attempts, 'attempt', 'attempts')),
  nextAttempt: (wait: string) => `next attempt ${wait}`,
  correlation: 'Correlation id',
  copyCorrelation: 'Copy correlation id',
  copied: 'Correlation id copied.',
  serverSays: 'The cloud says:',
  show: 'Show rows',
  hide: 'Hide rows',
  sent: (total: number) => `${count(total)} sent`,
  waitingRows: (total: number) => `${count(total)} waiting`,
  refused: (total: number) => `${count(total)} refused`,
  undoImport: 'Back to preview',
  undoneImport: (rows: number) => `${counted(rows, 'row is', 'rows are')} back in the preview of the import.`,
  rows: (file: string) => `Rows of ${file}`,
  row: 'ROW',
  name: 'NAME',
  email: 'EMAIL',
  role: 'ROLE',
  state: 'STATE',
  answer: 'ANSWER',
  filter: 'Show rows',
  filters: { all: 'All', waiting: 'Waiting', sent: 'Sent', refused: 'Refused' },
  noRows: 'No row in this state',
  noRowsBody: 'Choose “All” to see every row of the import.',
} as const;

/** What became of a row or change, and what happens next. */
export const changeStates: Readonly<Record<string, { readonly label: string; readonly next: string }>> = {
  queued: { label: 'Waiting', next: 'Sent in its turn. You can undo it until then.' },
  blocked: { label: 'Waiting for another change', next: 'Sent as soon as the change it builds on has been sent.' },
  inflight: { label: 'Being sent', next: 'The answer of the cloud is on its way.' },
  unknown: {
    label: 'Answer unknown',
    next: 'The connection broke before the answer. It is checked and never done twice.',
  },
  waiting: { label: 'Waiting for the cloud', next: 'The cloud asked for a pause. It is sent again by itself.' },
  'auth-wait': { label: 'Waiting for sign-in', next: 'Sign in to send it.' },
  merging: { label: 'Being merged', next: 'The record changed in the cloud; both changes are brought together.' },
  conflict: {
    label: 'Conflict',
    next: 'Someone changed the same in the cloud. Decide which value stays; Undo leaves the cloud’s.',
  },
  quarantine: { label: 'Refused', next: 'Correct the record and save it again, retry, or undo the change.' },
  sent: { label: 'Sent', next: '' },
  refused: { label: 'Refused', next: 'Correct it in a new import, or add the user by hand.' },
};

const reasons: Readonly<Record<string, string>> = {
  'already-in-use': 'One or more of the attribute values are already in use.',
  'answer-lost': 'The connection broke before the cloud answered.',
  'changed-on-server': 'The record was changed in the cloud meanwhile.',
  'cloud-broken': 'The cloud answered with an error.',
  'cloud-busy': 'The cloud asked for a pause.',
  'gone-on-server': 'The record was deleted in the cloud meanwhile.',
  interrupted: 'The console was closed while this was being sent.',
  'not-accepted': 'The cloud did not accept the values.',
  'not-json': 'Something other than the cloud answered.',
  'not-permitted': 'The cloud does not permit this to your role. Ask an administrator of your partner account.',
  'depends-on-other': 'It builds on a change that has not been sent yet.',
  'needs-confirmation': 'It waited so long that it is not sent without your word. Retry sends it, Undo takes it back.',
  'not-readable':
    'It was queued by another version of this console and cannot be read any more. Undo it and make the change again.',
  'from-rescue':
    'It was rescued from a damaged file and may have been sent or taken back before. The cloud is asked first; where it says “Refused”, Retry sends it and Undo takes it back.',
  're-enter-secret':
    'A password or key of this change can no longer be opened on this computer. Enter it again in the record and save, or undo the change.',
  'signed-out': 'Nobody is signed in.',
};

/** Why a change stands where it is; '' when it is simply next. */
export function reasonSentence(reason: string): string {
  if (reason === '') return '';
  if (isRefusalCode(reason)) return refusals[reason]({});
  return reasons[reason] ?? `The engine gives the reason “${reason}”.`;
}

/** A value in the reader's words. */
export function valueText(field: string, value: string | null): string {
  if (!value) return '–';
  if (field === 'role') return roleLabel(value);
  if (field === 'country') return countryName(value);
  return field === 'languageCode' ? languageName(value) : value;
}

const fieldLabels: Readonly<Record<string, string>> = { ...accountFieldLabels, ...userFieldLabels };

/** `name` of an account is the Customer Name, of a user the Name. */
export function fieldLabel(type: 'account' | 'user', field: string): string {
  const labels: Readonly<Record<string, string>> = type === 'account' ? accountFieldLabels : userFieldLabels;
  return labels[field] ?? fieldLabels[field] ?? field;
}
