import { CHANGE_REASON_SENTENCES } from '../../shared/model/change-reason.ts';
import { count, counted } from './numbers.ts';
import { isRefusalCode, refusals } from './refusals.ts';
import type { NextAction } from '../../shared/model/change.ts';
import { choiceLabel, isChosen } from '../../shared/model/user-choices.ts';
import { accountFieldLabels } from './accounts-text.ts';
import { countryName, languageName } from './country-names.ts';
import { dateTimeText, waitText } from './times.ts';
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
  edit: 'Edit the record',
  details: 'Details and attempts',
  more: (name: string) => `More for ${name}`,
  moves: { first: 'Send first', up: 'Move up', down: 'Move down', last: 'Send last' },
  moveKeys: { up: 'Alt ↑', down: 'Alt ↓' },
  moved: {
    first: 'The change is sent before all others.',
    up: 'The change was moved up.',
    down: 'The change was moved down.',
    last: 'The change is sent after all others.',
  },
  drop: 'Leave this field out',
  dropField: (field: string, name: string) => `Leave out ${field} of ${name}`,
  dropped: 'The field was taken out of the change; the rest stays.',
  waitsFor: 'Waits for',
  needsAttentionFirst: 'which needs your attention first',
  retryAll: 'Retry all refused',
  retriedAll: (total: number) =>
    `${counted(total, 'change is', 'changes are')} sent again as soon as the cloud can be reached.`,
  queueMenu: 'Export and import the queue',
  exportQueue: 'Export queue…',
  importQueue: 'Import queue…',
  exportTitle: 'Export the queue to a file',
  exportBody:
    'The file holds every change that was never sent, for another laptop on which you sign in as the same person. It contains customers’ names and addresses: treat it like a customer list. Imports that wait are not in it.',
  exportKeep: 'Keep the changes here as well',
  exportKeepNote: 'For a copy in reserve. Send from one laptop, and undo on the other what was sent.',
  exportRemove: 'Take the changes off this laptop',
  exportRemoveNote: 'To hand the work over: only the other laptop sends it.',
  chooseFile: 'Choose file…',
  exported: (total: number, file: string) => `${counted(total, 'change was', 'changes were')} written to ${file}.`,
  imported: (total: number, known: number) =>
    [
      `${counted(total, 'change was', 'changes were')} added to the queue.`,
      known > 0 ? `${counted(known, 'was', 'were')} left out: queued or sent from here already.` : '',
    ]
      .filter(Boolean)
      .join(' '),
  queueFileName: (day: string) => `queue-${day}.fieldlink-queue.json`,
  cancel: 'Cancel',
  close: 'Close',
  attemptsTitle: 'Attempts',
  noAttempts: 'It was not sent yet.',
  attemptAt: 'Time',
  attemptStatus: 'Answer',
  attemptDuration: 'Duration',
  noAnswer: 'no answer',
  duration: (ms: number) => `${count(ms)} ms`,
  dependantsHere: 'Sent after it, and not without it',
  goneTitle: 'No longer in the queue',
  goneBody: 'This change was sent or taken back meanwhile. The History page says which.',
  undone: (changes: number) => `${counted(changes, 'change was', 'changes were')} taken back.`,
  retried: 'The change is sent again as soon as the cloud can be reached.',
  dependantsTitle: 'Undo these changes together?',
  dependantsBody: (others: number | null) =>
    `${others === null ? 'Other changes build' : others === 1 ? '1 other change builds' : `${count(others)} other changes build`} on this one and cannot be sent without it. Undo takes all of them back.`,
  undoAll: 'Undo all',
  keep: 'Keep',
  age: (age: string) => `queued ${age}`,
  attempts: (attempts: number) => (attempts === 0 ? '' : counted(attempts, 'attempt', 'attempts')),
  correlation: 'Correlation id',
  copyCorrelation: 'Copy correlation id',
  copied: 'Correlation id copied.',
  serverSays: 'The cloud says:',
  sent: (total: number) => `${count(total)} sent`,
  waitingRows: (total: number) => `${count(total)} waiting`,
  refused: (total: number) => `${count(total)} refused`,
  undoImport: 'Back to preview',
  undoneImport: (rows: number) => `${counted(rows, 'row is', 'rows are')} back in the preview of the import.`,
  withdrawn: (rows: number) => `${counted(rows, 'row is', 'rows are')} taken back and not sent.`,
} as const;

/** What became of a row or change. */
export const changeStates: Readonly<Record<string, string>> = {
  queued: 'Waiting',
  blocked: 'Waiting for another change',
  inflight: 'Being sent',
  unknown: 'Answer unknown',
  waiting: 'Waiting for the cloud',
  'auth-wait': 'Waiting for sign-in',
  merging: 'Being merged',
  conflict: 'Conflict',
  quarantine: 'Refused',
  sent: 'Sent',
  refused: 'Refused',
};

type Next = { readonly nextAction: NextAction; readonly nextAttemptAt: string | null };

/** What happens next with a waiting change, and who has to do it. */
export function nextActionText({ nextAction, nextAttemptAt }: Next, nowMs: number): string {
  switch (nextAction) {
    case 'sends-next':
      return 'Sent in its turn. You can undo it until then.';
    case 'under-way':
      return 'The answer of the cloud is on its way.';
    case 'waits-for-network':
      return 'Sent as soon as the cloud can be reached again.';
    case 'waits-for-online':
      return 'Sent when you switch “Work offline” off.';
    case 'repeats-at':
      return `Sent again by itself ${nextAttemptAt === null ? 'soon' : waitText(nextAttemptAt, nowMs)}.`;
    case 'asks-first':
      return 'The cloud is asked first whether it has it already; it is never done twice.';
    case 'waits-for-sign-in':
      return 'Sent after you have signed in.';
    case 'waits-for-other':
      return 'Another record has to exist first.';
    case 'waits-behind':
      return 'An earlier change of the same record goes first.';
    case 'decide':
      return 'Decide which version stays; Undo leaves the cloud’s.';
    case 'correct':
      return 'Correct the record and save it again, retry, or undo the change.';
  }
}

/** Why a change stands where it is; '' when it is simply next. */
export function reasonSentence(reason: string): string {
  if (reason === '') return '';
  if (isRefusalCode(reason)) return refusals[reason]({});
  return CHANGE_REASON_SENTENCES[reason] ?? `The engine gives the reason “${reason}”.`;
}

/** A value in the reader's words. */
export function valueText(field: string, value: string | null): string {
  if (!value) return '–';
  if (isChosen(field)) return choiceLabel(field, value);
  if (field === 'welcomeEmailOn') return dateTimeText(value);
  if (field === 'country') return countryName(value);
  return field === 'languageCode' ? languageName(value) : value;
}

const fieldLabels: Readonly<Record<string, string>> = { ...accountFieldLabels, ...userFieldLabels };

/** `name` of an account is the Customer Name, of a user the Name. */
export function fieldLabel(type: 'account' | 'user', field: string): string {
  const labels: Readonly<Record<string, string>> = type === 'account' ? accountFieldLabels : userFieldLabels;
  return labels[field] ?? fieldLabels[field] ?? field;
}
