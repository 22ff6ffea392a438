import type { ImportField, ImportIssue, ImportIssueCode } from './import-row.ts';
import { ROLE_ACCOUNT_ADMIN, roleLabel } from './role.ts';

export const importFieldLabels: Readonly<Record<ImportField, string>> = {
  firstName: 'First Name',
  lastName: 'Last Name',
  name: 'Name',
  email: 'Email',
  role: 'Role',
  mobile: 'Mobile',
  extension: 'Extension',
  mitelOne: 'Mitel One',
  miteamMeetings: 'MiTeam Meetings',
  smsNumber: 'SMS Number',
  language: 'Language',
  userTemplate: 'User Template',
  tags: 'Tags',
};

/** One sentence for every issue: what is wrong or was cleaned, and what to do. `detail` is what the engine adds. */
const sentences = {
  'name-missing': () => 'No name: enter at least one of First Name, Last Name and Name.',
  'email-missing': () => 'No e-mail address: enter one, or delete the row.',
  'email-invalid': () => 'Not a valid e-mail address: correct it, for example name@example.com.',
  'email-in-account': (detail) =>
    `Already in the account${detail ? `: ${detail} has this address` : ''}. Use another address, or delete the row.`,
  'email-in-file': (detail) =>
    `The same address stands in row ${detail || 'another row'} of this file. Correct one of the two, or delete one.`,
  'role-unknown': () => 'This role does not exist in the account. Use User, or another role that is assigned to it.',
  'value-too-long': () => 'The text is too long. Shorten it.',
  'cell-error': () => 'The spreadsheet has an error value here. Enter the right text.',
  'role-raised': (role) =>
    role === '' || role === roleLabel(ROLE_ACCOUNT_ADMIN)
      ? 'Account Admin: this person may administer the whole account. Check that this is meant.'
      : `${role}: this person gets rights of an administrator. Check that this is meant.`,
  'email-queued': () => 'A user with this address already waits in the Outbox. Delete the row, or use another address.',
  'mobile-invalid': () => 'Not a valid mobile number: enter it with + and the country code, for example +442079460123.',
  'extension-invalid': () => 'Not a valid extension: enter digits, * and # only.',
  'choice-unknown': (detail) =>
    detail
      ? `This cannot be chosen. Enter ${detail}, or empty the cell.`
      : 'The account has none of these to give. Empty the cell.',
  'sms-number-taken': (detail) => `${detail || 'Another user'} has this number. Choose another one, or empty the cell.`,
  'field-locked': (detail) =>
    `This field comes from ${detail || 'another system'} and its next synchronization would overwrite it. Change it there, or empty the cell.`,
  'email-clear': () => 'A user is found by the address, so it cannot be cleared. Enter the address.',
  'change-waiting': (detail) =>
    `${detail || 'This user'} has a change of this field in the Outbox. Send or undo it first, or skip this row.`,
  'moved-since': (detail) =>
    `Somebody changed this since the plan was made${detail ? `; it is now “${detail}”` : '; it is now empty'}. Check the row, then choose Accept the newer values.`,
  'email-elsewhere': (detail) => `A user of ${detail || 'another account'} has this address. Check that this is meant.`,
  'domain-unlike': (detail) =>
    `The users of this account have addresses at ${detail}. Check that this is the right account.`,
  'spaces-trimmed': (detail) => `Spaces were removed${before(detail)}.`,
  'invisible-removed': (detail) => `Invisible characters were removed${before(detail)}.`,
  'mailto-removed': (detail) => `A link was turned into its address${before(detail)}.`,
  'number-as-text': (detail) => `A number was read as text${before(detail)}. Check for missing zeros.`,
  'mojibake-repaired': (detail) => `Letters of a wrong encoding were repaired${before(detail)}.`,
  'width-changed': (detail) => `Wide letters and digits were turned into ordinary ones${before(detail)}.`,
  'quotes-removed': (detail) => `Quotation marks around the text were removed${before(detail)}.`,
  'quotes-changed': (_detail, suggestion) =>
    `A typographic apostrophe stands in the address. Most mail servers want a straight one${meant(suggestion)}.`,
  'address-extracted': (detail) => `Only the address was taken${before(detail)}.`,
  'number-tidied': (detail) => `Blanks and signs within the number were removed${before(detail)}.`,
  'exponent-expanded': (detail) => `A number in scientific notation was written out${before(detail)}.`,
  'digits-lost': (detail, suggestion) =>
    `The spreadsheet rounded this number to “${detail}”; its last digits are not in the file. Enter the number again${meant(suggestion)}.`,
  'date-read': (detail, suggestion) =>
    `The spreadsheet made a date of this number (“${detail}”). Enter the number again${meant(suggestion)}.`,
  'plus-lost': (_detail, suggestion) =>
    `The plus sign of an international number seems to be lost. Enter the number with it${meant(suggestion)}.`,
  'zeros-lost': (_detail, suggestion) =>
    `Shorter than the other extensions of this list: zeros in front seem to be lost. Correct it${meant(suggestion)}, or leave it as it is.`,
} satisfies Record<ImportIssueCode, (detail: string, suggestion: string) => string>;

export function issueSentence(issue: ImportIssue): string {
  const write: (detail: string, suggestion: string) => string = sentences[issue.code];
  const sentence = write(issue.detail, issue.suggestion ?? '');
  return issue.field === null ? sentence : `${importFieldLabels[issue.field]}: ${lowerFirst(sentence)}`;
}

function before(detail: string): string {
  return detail ? `; it was “${detail}”` : '';
}

function meant(suggestion: string): string {
  return suggestion ? `; “${suggestion}” may be meant` : '';
}

function lowerFirst(sentence: string): string {
  return /^[A-Z][a-z]/u.test(sentence) && !sentence.startsWith('Account Admin')
    ? `${sentence.charAt(0).toLowerCase()}${sentence.slice(1)}`
    : sentence;
}
