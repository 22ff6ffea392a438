import { uploadSentence, type UploadTally } from '../../shared/model/upload-sentence.ts';
import { UPLOAD_STATES } from '../../shared/model/upload-state.ts';
import { count, counted } from './numbers.ts';

type Pause = '' | 'canary' | 'equal-failures' | 'not-permitted';

export const uploadsText = {
  parts: {
    waiting: 'wait for the cloud',
    sent: 'accepted',
    visible: 'visible in the cloud',
    refused: 'need you',
    unchanged: 'had nothing to send',
    skipped: 'were skipped',
  },
  filters: { all: 'All', waiting: 'Waiting', sent: 'Accepted', visible: 'Visible', refused: 'Need you' },
  filter: 'Show rows',
  rows: (file: string) => `Rows of ${file}`,
  states: UPLOAD_STATES,
  kinds: { create: 'New', patch: 'Change', delete: 'Deletion' },
  columns: { row: 'Row', kind: 'Kind', name: 'Name', email: 'E-mail', state: 'State', detail: 'Details' },
  keys: 'Enter opens the user, C copies the correlation id.',
  noRows: 'No row is in this state',
  noRowsBody: 'Choose “All” to see every row of this upload.',
  summary: (upload: UploadTally) => uploadSentence(upload, count),
  pauses: {
    '': 'This upload pauses; the rows that wait stay here. Go on to send them, or take the rest back into the preview.',
    canary:
      'The upload paused by itself: among the first rows some were refused. Look at them, then go on or take the rest back.',
    'equal-failures':
      'The upload paused by itself: too many rows were refused for the same reason. Look at them, then go on or take the rest back.',
    'not-permitted':
      'The upload stopped: your role may not do this in the cloud any more. Ask an administrator of your partner account, then go on.',
  } satisfies Record<Pause, string>,
  /** Of an upload that came from no list: the way back of an import, or welcome emails. */
  pausedOfNoList:
    'This upload pauses; the rows that wait stay here. Go on to send them, or take the rest back: then they are not sent.',
  canary: 'The first rows go alone. The others follow when the cloud has accepted them.',
  going: 'The rows go to the cloud one after the other. You can pause, or take back what has not gone yet.',
  goOn: 'Go on',
  pause: 'Pause',
  paused: 'Paused',
  takeBack: 'Take the rest back',
  takenBack: 'The rows that were not sent are in the preview again.',
  withdrawn: 'The rows that were not sent are taken back. What was sent stays.',
  reports: 'Reports',
  acceptance: 'Acceptance sheet (.xlsx)',
  acceptancePdf: 'Acceptance sheet (.pdf)',
  failed: 'Rows that need work (.xlsx)',
  saved: (file: string, rows: number) => `${file} was saved with ${counted(rows, 'row', 'rows')}.`,
  sheet: 'Your sheet with the outcome',
  noSheet: {
    pasted: 'The list was pasted, so there is no sheet to copy. Save the acceptance sheet instead.',
    plan: 'This import came as a plan; the sheet is on the laptop that made it. Save the acceptance sheet instead.',
    undo: 'This upload takes another one back. Its sheet is with that one.',
    none: 'Nothing is known of the sheet any more. Save the acceptance sheet instead.',
  },
  /** Of welcome emails and licenses of many users. */
  noSheetOfNoList: 'This upload came from no list. A sheet is with the import.',
  /** What the copy of the person's own sheet is called: its name stays, and so does what kind of file it is. */
  sheetName: (file: string) => {
    const extension = /\.[^.]{1,5}$/u.exec(file)?.[0] ?? '';
    return `${file.slice(0, file.length - extension.length)} with outcome${extension}`;
  },
  sheetSaved: (file: string, saved: { rowCount: number; addedCount: number; format: string }) =>
    [
      `${file} was saved: a copy of your sheet with STATUS and REASON at ${counted(saved.rowCount, 'row', 'rows')}.`,
      saved.format === 'csv' ? 'It is in UTF-8, with the separator of your file.' : '',
      saved.addedCount === 0
        ? ''
        : `${counted(saved.addedCount, 'row was', 'rows were')} added in the preview and cannot stand in it; see the acceptance sheet.`,
    ]
      .filter(Boolean)
      .join(' '),
  fileName: (account: string, what: string) => `${account} ${what}`,
  undo: 'Undo this import',
  undoTitle: 'Undo this import?',
  undoBody: (deleted: number, restored: number) =>
    `${counted(deleted, 'user is', 'users are')} deleted and ${counted(restored, 'user gets', 'users get')} the former values back, as soon as the cloud can be reached.`,
  undoNothing: 'Nothing of this import can be taken back. The rows below say why.',
  undoLeft: (rows: number) => `${counted(rows, 'row stays', 'rows stay')} as they are:`,
  undoMore: (rows: number) => `and ${counted(rows, 'more row', 'more rows')}`,
  undoConfirm: 'Undo the import',
  undoKeep: 'Keep it',
  undone: (rows: number) => `${counted(rows, 'row is', 'rows are')} being taken back.`,
  obstacles: {
    gone: 'the user is no longer there',
    'changed-since': 'somebody has changed the user since',
    'change-waiting': 'a change of the user waits in the Outbox',
    'not-deletable': 'this user cannot be deleted here',
    'deleted-by-it': 'a deleted user cannot be brought back',
    'email-sent': 'an e-mail that was sent cannot be taken back',
  },
  isUndo: 'Takes an import back',
  goneTitle: 'This upload is no longer there',
  goneBody:
    'It was dropped when somebody signed out, or belongs to somebody else. Go back to Import Users; the list there shows the uploads of this account.',
  toPreview: 'Rows left in the preview',
  open: 'Results',
} as const;
