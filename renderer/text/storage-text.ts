import type { AppContract } from '../../shared/contract/contract.ts';
import type { OutputOf } from '../../shared/rpc/operation.ts';
import { count, counted } from './numbers.ts';

type State = OutputOf<AppContract['storage']['state']>;
type Rescue = State['rescues'][number];
type Warning = State['warnings'][number];

export const storageText = {
  title: 'Storage on this computer',
  open: 'Storage',
  details: 'Details',
  understood: 'Understood',
  close: 'Close',
  verify: 'Check now',
  rebuild: 'Fetch everything again',
  rebuildNote: 'Sets the copy of the cloud’s records aside and fetches it again. Changes and drafts stay.',
  rebuilt: 'The copy of the cloud’s records is being fetched again.',
  sound: 'Both files were read from end to end. They are sound.',
  rescued: 'A damaged file was found and replaced. What was rescued is listed below.',
  folder: 'Folder',
  cache: 'Copy of the cloud’s records',
  journal: 'Your changes, drafts and history',
  backups: 'Copies of your changes',
  lastBackup: 'Last copy',
  lastCheck: 'Last complete check',
  free: 'Free on this disk',
  aside: 'Set-aside files',
  never: 'not yet',
  unknown: 'unknown',
  checking: 'Checking…',
  rescues: 'What was repaired',
  noRescues: 'Nothing had to be repaired.',
  diskFull:
    'The disk of this computer is full. New changes are not saved, and nothing is sent or fetched. Free some space; everything goes on by itself.',
} as const;

const causes: Readonly<Record<Rescue['cause'], string>> = {
  'not-a-database': 'it was overwritten by something else',
  damaged: 'parts of it were damaged',
  unreadable: 'the disk could not read it',
  empty: 'it was empty',
  missing: 'it was missing',
  'cut-short': 'its end was missing',
  'log-damaged': 'its newest part was damaged',
  'older-than-backup': 'it had been replaced by an older copy',
  'migration-failed': 'it could not be brought up to date',
  'asked-for': 'you asked for it',
};

/** What happened, what became of the work, and what to do. */
export function rescueSentence(rescue: Rescue): string {
  if (rescue.store === 'cache') {
    return `The copy of the cloud’s records was set aside because ${causes[rescue.cause]}, and is being fetched again. Your changes and drafts are not affected. You need not do anything.`;
  }
  return [
    `The file with your changes was repaired because ${causes[rescue.cause]}.`,
    `${counted(rescue.changeCount, 'waiting change', 'waiting changes')} and ${counted(rescue.draftCount, 'import draft', 'import drafts')} are there.`,
    rescue.uncertainCount > 0
      ? `For ${count(rescue.uncertainCount)} of them the cloud is asked first whether it has them already; nothing is sent twice.`
      : '',
    rescue.lostCount > 0
      ? `${counted(rescue.lostCount, 'change', 'changes')} could not be read any more: look through your last work and make what is missing again.`
      : 'Look through the Outbox once to be sure that your last work is there.',
    rescue.auditBrokenAt === null
      ? ''
      : `The change history has a gap before entry ${count(rescue.auditBrokenAt)}; entries there are lost.`,
  ]
    .filter(Boolean)
    .join(' ');
}

export function asideSentence({ folder }: Rescue): string {
  return `The old file was kept: ${folder}`;
}

export function warningSentence({ kind, detail }: Warning): string {
  switch (kind) {
    case 'synced-folder':
      return `The data of this console lies in a folder that ${detail || 'another program'} copies to the internet. That can damage it: start Fieldlink with a profile outside of that folder.`;
    case 'network-folder':
      return 'The data of this console lies on a network drive. A break of the connection can damage it: start Fieldlink with a profile on this computer’s own disk.';
    case 'no-reserve':
      return 'There is little room left on the disk of this computer. Free some space before it is full.';
    case 'failing-disk':
      return 'Files of this console were damaged several times within minutes. The disk may be failing: save other work, and have the disk checked.';
  }
}

const MEGABYTE = 1024 * 1024;

export function sizeText(bytes: number | null): string {
  if (bytes === null) return storageText.unknown;
  return bytes < MEGABYTE ? `${count(Math.ceil(bytes / 1024))} KB` : `${count(Math.round(bytes / MEGABYTE))} MB`;
}

/** The one thing to say above every screen; null when all is well. */
export function storageNotice(
  state: State,
): { readonly id: string | null; readonly text: string; readonly severity: 'error' | 'warning' | 'info' } | null {
  if (state.isDiskFull) return { id: null, text: storageText.diskFull, severity: 'error' };
  const rescue = state.rescues.find(({ isAcknowledged, cause }) => !isAcknowledged && cause !== 'asked-for');
  if (rescue) {
    const severity = rescue.lostCount > 0 ? 'error' : rescue.store === 'journal' ? 'warning' : 'info';
    return { id: rescue.id, text: rescueSentence(rescue), severity };
  }
  const warning = state.warnings.find(({ isAcknowledged }) => !isAcknowledged);
  return warning ? { id: warning.id, text: warningSentence(warning), severity: 'warning' } : null;
}
