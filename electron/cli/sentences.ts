import type { Refusal } from '../../shared/rpc/outcome.ts';

/** A refusal as a sentence for a terminal; what the screens say at length is short here. */
export function sentenceOf({ code, message, details }: Refusal): string {
  const detail = details?.['detail'] ?? '';
  const file = `“${details?.['file'] ?? 'The file'}”`;
  const known: Readonly<Record<string, string>> = {
    'permission.denied': `Your role does not allow this: it needs ${details?.['permission'] ?? 'another permission'}. Ask a partner administrator.`,
    'storage.full': 'This was not saved: the disk of this computer is full. Free some space and run the command again.',
    'storage.rescued':
      'A damaged file was repaired while this ran. Look with `fieldlink outbox list`, and run the command again if the change is not there.',
    'account.not-found':
      'There is no such account on this computer. Run `fieldlink sync`, or look with `fieldlink accounts list`.',
    'account.deactivated': 'This account is deactivated. Reactivate it before you import users.',
    'import.file-gone': `${file} is not there, or not any more. Check the path and try again.`,
    'import.file-changed':
      'The file was changed while it was read. Save it, close the program that writes it, and try again.',
    'import.file-unreadable':
      detail === 'not a file'
        ? `${file} is not a file. Name the spreadsheet itself.`
        : `${file} cannot be read: ${detail}. Check its permissions.`,
    'import.file-too-large': 'The file is larger than 64 MB. Split it and import the parts.',
    'import.not-a-spreadsheet': 'The file is neither an .xlsx workbook nor a text table. Save it as .xlsx or .csv.',
    'import.password-protected':
      'The workbook is protected with a password. Remove the password in Excel or LibreOffice, save it, and try again.',
    'import.damaged': `The file is damaged: ${detail}. Open it in Excel or LibreOffice, save it again, and try that copy.`,
    'import.expands-too-far':
      'The workbook unpacks to far more than a list of users can be. It was not read further. Save the sheet alone as a new file.',
    'import.too-many-rows': `The sheet has too many rows (${detail}). Split it and import the parts.`,
    'import.too-many-columns': `The sheet has too many columns (${detail}). Delete the ones that are not needed.`,
    'import.empty': 'The sheet has no rows. Choose the sheet with the users, or fill it in.',
    'import.no-email-column': 'No column holds e-mail addresses. Add a column with the heading EMAIL.',
    'import.reader-stopped':
      'The file could not be read: the reader stopped. Save the file again as .xlsx or .csv and try that copy.',
    'import.timed-out': 'Reading the file took longer than a minute. Save the sheet alone as .csv and try that.',
    'import.nothing-to-upload': 'No row is without errors. Correct the rows and try again.',
    'change.not-found':
      'No such change waits here. `fieldlink outbox list` and `fieldlink conflicts list` show what does.',
    'change.already-sent':
      'This change is under way or was sent, so it cannot be taken back. Change the value again instead.',
    'change.has-dependants': `Other changes (${details?.['count'] ?? 'some'}) build on this one. Add --with-dependants to take them back together.`,
    'conflict.moved':
      'The record changed in the cloud once more. Look at `fieldlink conflicts list` again and decide anew.',
    'conflict.invalid': `The value for ${details?.['field'] ?? 'a field'} is not right: ${details?.['problem'] ?? ''}.`,
    'outbox.empty': 'Nothing waits that was never sent, so there is nothing to export.',
    'outbox.not-an-export': 'The file is not an exported queue, or a newer version wrote it. Export the queue again.',
    'outbox.other-person': `The queue belongs to ${details?.['name'] ?? 'another person'}. Sign in as that person.`,
    'outbox.other-cloud': `The queue was made for ${details?.['cloud'] ?? 'another cloud'}. Name that cloud with --cloud.`,
    'outbox.accounts-missing':
      'Some changes belong to accounts that are not on this computer yet. Run `fieldlink sync` first.',
    'file.gone': 'The file is not there, or cannot be read. Check the path and try again.',
    'import.not-a-plan': `${file} is not a plan made with \`fieldlink import plan\`, or a newer version wrote it.`,
    'recipe.not-found': `There is no recipe “${details?.['name'] ?? message}”. \`fieldlink import recipes list\` shows those that are there.`,
    'recipe.not-a-recipe': `${file} is not a recipe, or it was changed by hand and is no longer right. Export it again.`,
    'recipe.newer': `${file} was written by a newer version of Fieldlink. Update this one, or export the recipe again from an older one.`,
    'recipe.built-in': `“${details?.['name'] ?? message}” comes with Fieldlink and cannot be deleted.`,
    'recipe.too-many':
      'There are 200 recipes, and no further one is kept. Delete one with `fieldlink import recipes delete`.',
    'report.no-pdf': 'The command line saves reports as .xlsx. Open the console to save a PDF.',
    'report.no-original':
      'There is no sheet to copy: the list was pasted or came as a plan. Save the acceptance sheet instead.',
    'report.original-gone':
      'The sheet is no longer where it was, or cannot be opened. Put it back and try again; the acceptance sheet and --kind failed do not need it.',
    'report.original-changed':
      'The sheet was changed after it was imported. Put it back as it was, or save the acceptance sheet or --kind failed, which do not need it.',
    'report.read-again':
      'The file was read again after rows of it had been uploaded, so it cannot be told which row is which. Save the acceptance sheet or --kind failed.',
    'report.over-original': 'That is the sheet itself, which is never changed. Name another file.',
    'report.sheet-unsafe': `No copy was made: the sheet cannot be changed safely (${details?.['reason'] ?? 'structure'}). Save the acceptance sheet instead.`,
    'file.not-writable': 'The file cannot be written. Check the folder and its permissions.',
    'lock.locked':
      'This profile is locked with a PIN. Set FIELDLINK_PIN to it and run the command again, or unlock the console.',
    'lock.wrong-pin': 'The PIN in FIELDLINK_PIN is not right.',
    'lock.wait': `Too many wrong PINs were tried. No PIN is looked at before ${details?.['retryAt'] ?? 'some time has passed'}.`,
    'session.unreachable':
      'The cloud does not answer. What is on this computer can be used; try again when the network is there.',
    'session.wrong-credentials': 'E-mail address or password is wrong.',
    'session.account-number-needed':
      'This e-mail address belongs to several accounts. Set FIELDLINK_ACCOUNT_NUMBER to the 9-digit number of the one you mean.',
    'session.user-not-permitted': 'This person may only reset the own password, which the web portal does.',
    'session.cancelled': 'The sign-in was given up.',
    'session.rejected': 'The cloud refused the sign-in.',
  };
  return known[code] ?? `${code}: ${message}`;
}
