/** Why a change or a row stands or was refused, for screens and for the reports that leave the program. */
export const CHANGE_REASON_SENTENCES: Readonly<Record<string, string>> = {
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
  'needs-confirmation':
    'It is not sent without your word: the record was changed in the cloud after you looked, or the change waited very long.',
  'not-readable':
    'It was queued by another version of this console and cannot be read any more. Undo it and make the change again.',
  'from-rescue':
    'It was rescued from a damaged file and may have been sent or taken back before. The cloud is asked first; where it says “Refused”, Retry sends it and Undo takes it back.',
  're-enter-secret':
    'A password or key of this change can no longer be opened on this computer. Enter it again in the record and save, or undo the change.',
  'signed-out': 'Nobody is signed in.',
};
