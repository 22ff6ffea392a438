import type { Conflict } from '../../shared/contract/conflicts.ts';
import { accountProblemText } from './accounts-text.ts';
import { count, counted } from './numbers.ts';
import { fieldLabel } from './outbox-text.ts';
import { userProblemText } from './users-text.ts';

export const conflictsText = {
  title: 'Conflicts',
  lead: 'Somebody changed in the cloud what you changed here. Nothing is overwritten until you decide.',
  list: 'Conflicts',
  total: (total: number) => counted(total, 'conflict to decide', 'conflicts to decide'),
  emptyTitle: 'Nothing to decide',
  emptyBody: 'When somebody changes in the cloud what you changed here, both versions are shown on this page.',
  toOutbox: 'Open the Outbox',
  offlineNote:
    'The cloud cannot be asked at the moment: its values are as of the last contact. Decide now, and your decision is sent when it can be reached; if the record moves again, you are asked again.',
  field: 'Field',
  base: 'You saw',
  mine: 'Yours',
  theirs: 'In the cloud',
  decision: 'Decision',
  choiceOf: (label: string) => `Decision for ${label}`,
  theirsShort: 'Cloud',
  takenBack: 'The cloud has again the values you saw.',
  takenBackBody:
    'Somebody changed the record in the cloud and changed it back: it has again the values you saw. Keep mine sends your change after all, Keep theirs gives it up.',
  mineHint: 'Send your value',
  theirsHint: 'Leave the cloud’s value',
  edit: 'Edit',
  editHint: 'Type another value',
  decide: 'Decide',
  keepMine: 'Keep mine',
  keepTheirs: 'Keep theirs',
  keepMineAll: 'Keep mine for all',
  keepTheirsAll: 'Keep theirs for all',
  openRecord: (type: 'account' | 'user') => (type === 'user' ? 'Open user' : 'Open account'),
  undecided: 'Choose “Yours”, “Cloud” or “Edit” for every field first.',
  undecidedWhole: 'Choose “Yours” or “Cloud” first.',
  moved: 'new',
  goesAlong: 'Not disputed, goes along',
  staysThere: 'Changed in the cloud only, stays as it is there',
  isSame: 'The same on both sides',
  deletedThere: 'deleted',
  deletedHere: 'deleted',
  keys: 'Keys',
  keyHelp: [
    ['J K', 'next, previous conflict'],
    ['M T E', 'yours, cloud, edit'],
    ['Ctrl Enter', 'decide'],
  ],
  mineAt: (when: string, age: string) => `You, ${when} (${age})`,
  theirsAt: (who: string, when: string, age: string) =>
    [who || 'Somebody', when && `${when} (${age})`].filter(Boolean).join(', '),
  theirsUnknown: 'The cloud does not say who changed it',
  goneAt: 'Deleted in the cloud; it does not say by whom',
  decided: (name: string, isQueued: boolean, left: number) =>
    `${name}: ${isQueued ? 'your decision is sent as soon as the cloud can be reached' : 'the cloud’s version stays, your change was taken out of the Outbox'}. ${leftText(left)}`,
  madeAgain: (name: string, left: number) => `${name} is created again as a new record. ${leftText(left)}`,
  decidedAll: (total: number, isMine: boolean) =>
    `${counted(total, 'conflict', 'conflicts')} decided: ${isMine ? 'your values are sent as soon as the cloud can be reached' : 'the cloud’s values stay'}.`,
  allTitle: (total: number, isMine: boolean) =>
    isMine
      ? `Send your values for ${counted(total, 'conflict', 'conflicts')}?`
      : `Leave the cloud’s values for ${counted(total, 'conflict', 'conflicts')}?`,
  allBody: (isMine: boolean) =>
    isMine
      ? 'What others changed in the cloud is replaced by your values; users that were deleted there are created again as new users, and what you deleted here is deleted. The History page keeps what was there before.'
      : 'Your changes to these records are given up whole, together with their fields that nobody disputes and with what waits for them. You can make them again from the History page.',
  cancel: 'Cancel',
  gone: 'This conflict was decided meanwhile. The list shows what is left.',
} as const;

function leftText(left: number): string {
  return left === 0 ? 'Nothing is left to decide.' : `${count(left)} left.`;
}

type Kind = Conflict['kind'];

export const conflictKinds: Readonly<Record<Kind, string>> = {
  'both-changed': 'Both changed',
  'needs-confirmation': 'Confirm',
  'gone-there': 'Deleted in the cloud',
  'changed-there': 'You delete it',
};

/** What happened, and what each of the two answers does. */
export function kindSentence({ kind, type, entityName }: Pick<Conflict, 'kind' | 'type' | 'entityName'>): string {
  switch (kind) {
    case 'both-changed':
      return 'The same fields were changed here and in the cloud. Choose for each which value stays.';
    case 'needs-confirmation':
      return `Nobody else touched this field, but the ${type} was changed in the cloud after you looked. A change of what a person may do is never sent on a ${type} you have not seen: look at it and confirm.`;
    case 'gone-there':
      return `You changed ${entityName}, and meanwhile the ${type} was deleted in the cloud. Keep mine creates it again as a NEW ${type} with your values: it gets another ID, and what hung on the old one does not come back. Keep theirs gives up your change.`;
    case 'changed-there':
      return `You deleted ${entityName}, and meanwhile somebody changed the ${type} in the cloud. Keep mine deletes it with those changes. Keep theirs keeps the ${type} and gives up the deletion.`;
  }
}

type Answers = { readonly mine: string; readonly theirs: string };

/** The two answers about the whole record, as buttons. */
export function wholeAnswers({ kind, type }: Pick<Conflict, 'kind' | 'type'>): Answers {
  if (kind === 'gone-there')
    return { mine: `Keep mine: create a new ${type}`, theirs: 'Keep theirs: give up my change' };
  if (kind === 'changed-there')
    return { mine: `Keep mine: delete the ${type}`, theirs: `Keep theirs: keep the ${type}` };
  return { mine: conflictsText.keepMine, theirs: conflictsText.keepTheirs };
}

const groupLabels: Readonly<Record<string, string>> = { address: 'Address', name: 'Name' };

/** Fields that are decided together have a name of their own. */
export function groupLabel(type: Conflict['type'], group: string): string {
  return type === 'account' && group === 'name'
    ? fieldLabel(type, group)
    : (groupLabels[group] ?? fieldLabel(type, group));
}

/** The words below a field that was typed and is not right. */
export function typedProblem(
  type: Conflict['type'],
  { field, problem }: { readonly field: string; readonly problem: string },
): string {
  return type === 'user'
    ? userProblemText({ field, problem } as Parameters<typeof userProblemText>[0])
    : accountProblemText({ field, problem, value: '' } as Parameters<typeof accountProblemText>[0]);
}
