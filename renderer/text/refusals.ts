import { missingLicenses } from '../../shared/model/license.ts';
import type { RefusalCode } from '../../shared/contract/refusals.ts';
import type { Refusal } from '../../shared/rpc/outcome.ts';
import { count } from './numbers.ts';

type Details = Readonly<Record<string, string | number>>;

/** Why two columns cannot be added to a sheet. */
const UNSAFE: Readonly<Record<string, string>> = {
  signed: 'Your workbook is signed, and a changed copy would look forged, so none was made.',
  encoding: 'Your workbook is written in UTF-16, which cannot be copied row by row, so no copy was made.',
  letters: 'Some letters of your file do not fit its encoding and would be lost, so no copy was made.',
  columns: 'Your sheet is filled to the last column that there is, so there is no room for two more.',
  structure: 'Your workbook is built in a way that could not be copied safely, so no copy was made.',
};

/** One sentence for every code: what happened and what to do next. */
export const refusals = {
  'permission.denied': () =>
    'Your role does not allow this. Ask an administrator of your partner account for the permission, or sign in as someone who has it.',
  'session.unreachable': () =>
    'The cloud could not be reached, so nobody was signed in. Check the connection and try again; work saved on this computer is not affected.',
  'session.cancelled': () => 'The sign-in was cancelled. Start it again when you are ready.',
  'session.rejected': () => 'The sign-in was refused in the browser. Start it again and allow access there.',
  'session.wrong-credentials': () =>
    'The e-mail address or the password is not right. Check both and try again; passwords are case-sensitive.',
  'session.account-number-needed': () =>
    'This e-mail address belongs to several accounts. Enter the 9-digit number of the account you want to sign in to.',
  'session.user-not-permitted': () =>
    'This person is a User and cannot administer accounts. Sign in as a Partner or an Account Admin; a User changes the password in the web portal.',
  'session.changes-waiting': (details) =>
    `${plural(details, 'count', 'change has', 'changes have')} not been sent. Choose whether to keep them for the next sign-in or to discard them.`,
  'session.already-running': () =>
    'A sign-in is already waiting for the browser. Finish it there, or cancel it here and start again.',
  'lock.locked': () => 'The console is locked. Unlock it first, then try again.',
  'lock.no-pin': () => 'No PIN is set, so the console cannot be locked. Set one under Security in the user menu.',
  'lock.wrong-pin': () => 'This PIN is not right. Try again.',
  'lock.wait': () => 'Too many wrong PINs. Wait until the time shown has passed, then try again.',
  'lock.pin-invalid': () => 'This PIN cannot be used. Choose 4 to 12 digits, or a passphrase of at least 8 characters.',
  'lock.not-confirmed': () => 'This computer did not confirm who you are. Try again, or enter the PIN.',
  'lock.other-person': () =>
    'Another person signed in, so the console stays locked. Sign in as the person who works on this laptop.',
  'wipe.not-confirmed': () => 'Nothing was wiped. Type the word wipe to confirm it.',
  'account.not-found': () => 'This account is no longer there. Go back to Accounts; the list shows what exists now.',
  'account.invalid': () => 'Some fields are not right yet. Correct the marked fields and save again.',
  'account.deactivated': () => 'This account is deactivated, so it cannot be changed. Reactivate it first.',
  'edit.nothing-changed': () => 'There was nothing to save: every field has its old value.',
  'edit.stale': () =>
    'Someone changed these fields while you were editing. The current values are loaded next to yours; look at them and save again.',
  'edit.field-locked': () =>
    'This field is owned by the system the user comes from and cannot be edited here. Change it in the source; the next sync brings it over.',
  'user.not-found': () => 'This user is no longer there. Close the panel; the list shows who exists now.',
  'user.invalid': () => 'Some fields are not right yet. Correct the marked fields and save again.',
  'user.email-in-use': () =>
    'One or more of the attribute values are already in use. Use another e-mail address, or open the user who has this one.',
  'import.not-found': () => 'This import is no longer there. Go back to Import Users and open the file again.',
  'import.file-gone': () =>
    'The file is no longer where it was. If it lies on a stick or a network drive, connect it again; then choose the file once more.',
  'import.file-changed': () =>
    'The file was changed while it was being read. Save and close it in the other program, then upload it again.',
  'import.file-unreadable': () =>
    'The file could not be opened. Close it in other programs, check that you may read it, then upload it again.',
  'import.file-too-large': (details) =>
    `The file is too large to be a list of users${sizes(details)}. Remove pictures and other sheets, or split it, then upload it again.`,
  'import.not-a-spreadsheet': () =>
    'This is not a spreadsheet that can be read. Save it as Excel Workbook (*.xlsx) or CSV, then upload it again.',
  'import.password-protected': () =>
    'The spreadsheet is protected with a password. Remove the password in the spreadsheet program, save it, then upload it again.',
  'import.damaged': (details) =>
    `The file is damaged${atRow(details)} and could not be read to the end, so nothing was taken from it. Open it in a spreadsheet program, save it again, then upload it.`,
  'import.expands-too-far': () =>
    'The file unpacks to far more than a list of users can be, so reading was stopped. Copy the rows into the spreadsheet template and upload that.',
  'import.too-many-rows': (details) =>
    `The sheet has ${moreRows(details)} than one import takes (${count(numberOf(details, 'limit', 100_000))}). Split it into several files and upload them one after the other.`,
  'import.too-many-columns': (details) =>
    `The sheet has more columns${atRow(details)} than can be read (${count(numberOf(details, 'limit', 256))}). Copy the columns that describe users into the spreadsheet template and upload that.`,
  'import.empty': () =>
    'The sheet has no rows. Fill in the users below the headings, save the file, then upload it again.',
  'import.no-email-column': () =>
    'No column with e-mail addresses was found. Name one column EMAIL as in the spreadsheet template, then upload the file again.',
  'import.reader-stopped': () =>
    'Reading the file failed unexpectedly; nothing else is affected. Save the file again in a spreadsheet program and upload it once more.',
  'import.timed-out': () =>
    'Reading the file took too long and was stopped. Copy the rows into the spreadsheet template and upload that.',
  'import.busy': () => 'This import is still working on the step before. Wait until it is done, then try again.',
  'import.row-not-found': () => 'This row is no longer in the preview. The preview shows the rows that are left.',
  'import.nothing-to-upload': () =>
    'Every row has an error, so there is nothing to upload. Correct at least one row and upload again.',
  'welcome.nobody': () => 'Nobody is left to send a welcome email to.',
  'license.nobody': () => 'All of them have these licenses already.',
  'license.none-left': ({ missing }) => `Licenses not available: ${missingLicenses(Number(missing ?? 1))}.`,
  'import.nothing-to-undo': () => 'There is nothing more to take back.',
  'import.not-a-plan': () =>
    'This is not a saved plan, or a newer version of the console wrote it. Choose a file that was saved with “Save the plan”.',
  'recipe.not-found': () => 'This recipe is no longer there. Choose another one; the list shows what exists now.',
  'recipe.name-invalid': () =>
    'This cannot be the name of a recipe. Type 1 to 80 characters that can be seen, on one line.',
  'recipe.name-taken': (details) =>
    `There is already a recipe called ${details['name'] ?? 'that'}. Choose another name, or replace that recipe.`,
  'recipe.built-in': (details) =>
    `${details['name'] ?? 'This recipe'} comes with the console and stays as it is. Save your recipe under another name.`,
  'recipe.too-many': (details) =>
    `There are ${count(numberOf(details, 'limit', 200))} recipes, and no further one is kept. Delete one that you do not need, then try again.`,
  'recipe.not-a-recipe': () =>
    'This is not a recipe, or the file was changed by hand and is no longer right. Choose a file that was saved with “Export” on the page Recipes.',
  'recipe.newer': () =>
    'A newer version of the console wrote this recipe. Update this console, or export the recipe again from an older one.',
  'report.no-pdf': () =>
    'Only the acceptance sheet can be saved as a PDF, and only from the window of the console. Save it as .xlsx instead.',
  'report.no-original': () =>
    'There is no sheet to copy: the list was pasted, or came as a plan from another laptop. Save the acceptance sheet instead; it lists every row.',
  'report.original-gone': () =>
    'Your sheet is no longer where it was, or cannot be opened. Connect the stick or drive again or close it in other programs, then save again; the acceptance sheet and the rows that need work can be saved without it.',
  'report.original-changed': () =>
    'Your sheet was changed after it was imported, so its rows may not be the ones that were uploaded. Put the file back as it was, or save the acceptance sheet and the rows that need work, which do not need it.',
  'report.read-again': () =>
    'The file was read again, changed or from another sheet, after rows of it had been uploaded, so it cannot be told which row is which. Save the acceptance sheet and the rows that need work instead.',
  'report.over-original': () =>
    'This is your sheet itself, which is never changed. Choose another name or another folder for the copy.',
  'report.sheet-unsafe': (details) =>
    `${UNSAFE[String(details['reason'])] ?? UNSAFE['structure']} Save the acceptance sheet instead, or save your sheet as a plain Excel workbook and import that the next time.`,
  'file.not-writable': () =>
    'The file could not be written. Close it in other programs or choose another folder, then save again.',
  'change.not-found': () => 'This change is no longer waiting: it was sent or taken back. The list shows what is left.',
  'change.already-sent': () =>
    'This change is being sent or has been sent, so it cannot be taken back here. Change the value again instead.',
  'change.has-dependants': (details) =>
    `${plural(details, 'count', 'other change depends', 'other changes depend')} on this one. Undo them together, or leave all of them.`,
  'change.depends': () =>
    'This change belongs behind another one of the same record or its account. Move that one first; together they keep their order.',
  'conflict.moved': () =>
    'The record changed in the cloud once more while you were deciding. The new values are shown; look at them and decide again.',
  'conflict.invalid': () => 'Some values you typed are not right yet. Correct the marked fields and decide again.',
  'history.not-possible': () =>
    'This entry cannot be turned back: it stands for something that is not a single change. Make the change again on the record itself.',
  'outbox.empty': () =>
    'There is nothing to export: no change waits that was never sent. Changes that may have arrived stay here until the cloud has answered.',
  'outbox.not-an-export': () =>
    'This file is not an exported queue, or a newer version of Fieldlink wrote it. Export the queue again on the other laptop and choose that file.',
  'outbox.other-person': (details) =>
    `This queue belongs to ${details['name'] ?? 'another person'}. Sign in as that person here, then import it again.`,
  'outbox.other-cloud': (details) =>
    `This queue was made for another cloud (${details['cloud'] ?? 'unknown'}). Switch to that cloud, then import it again.`,
  'outbox.accounts-missing': (details) =>
    `${plural(details, 'count', 'change belongs', 'changes belong')} to accounts this laptop has not fetched yet. Sync first, then import the file again.`,
  'file.gone': () =>
    'The file is no longer where it was. Connect the stick or drive again, then choose the file once more.',
  'user.not-deletable': (details) =>
    details['reason'] === 'source'
      ? 'Users of MiCloud Connect cannot be deleted here. Delete the user in MiCloud Connect; the next sync brings it over.'
      : 'Partner users cannot be deleted from a customer account. Remove the person in the partner account instead.',
  'user.being-deleted': () =>
    'You have asked for this user to be deleted, so nothing else can be changed. Undo the deletion in the queue, then edit the user.',
  'job.not-found': () => 'This work is no longer in the list: it has finished or was cleared.',
  'storage.full': () =>
    'This was NOT saved: the disk of this computer is full. Free some space, for example by emptying the recycle bin, then do it again; what you saved before is safe.',
  'storage.rescued': () =>
    'A file of this console was damaged and was repaired while this was being saved. Look at the list: if the change is not there, make it again.',
  'job.not-possible': () =>
    'This is not possible at the moment: the work has just ended or moved on. The list shows its state.',
} satisfies Record<RefusalCode, (details: Details) => string>;

export function refusalSentence(refusal: Refusal<RefusalCode>): string {
  const write: (details: Details) => string = refusals[refusal.code];
  return write(refusal.details ?? {});
}

/** True for codes that come as plain text in a job, an import or a change. */
export function isRefusalCode(code: string): code is RefusalCode {
  return Object.hasOwn(refusals, code);
}

function numberOf(details: Details, key: string, otherwise: number): number {
  const value = details[key];
  return typeof value === 'number' ? value : otherwise;
}

function plural(details: Details, key: string, one: string, many: string): string {
  const value = details[key];
  if (typeof value !== 'number') return `Some ${many}`;
  return value === 1 ? `1 ${one}` : `${count(value)} ${many}`;
}

function sizes(details: Details): string {
  const { limit, count: size } = details;
  return typeof limit === 'number' && typeof size === 'number'
    ? ` (${count(size)} MB; the limit is ${count(limit)} MB)`
    : '';
}

function moreRows(details: Details): string {
  return typeof details['count'] === 'number' ? `${count(details['count'])} rows, more` : 'more rows';
}

function atRow(details: Details): string {
  return typeof details['row'] === 'number' ? ` at row ${count(details['row'])}` : '';
}
