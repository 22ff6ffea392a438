import type { AccountProblem } from '../../shared/model/account-rules.ts';
import type { AccountField } from '../../shared/model/account.ts';
import { count } from './numbers.ts';

export const accountsText = {
  title: 'Accounts',
  add: 'Add Account',
  search: 'Search accounts',
  clearSearch: 'Clear search',
  active: (total: number | null) => (total === null ? 'Active' : `Active (${count(total)})`),
  deactivated: (total: number | null) => (total === null ? 'Deactivated' : `Deactivated (${count(total)})`),
  show: 'Show',
  list: 'Accounts',
  name: 'NAME',
  number: 'ACCOUNT NUMBER',
  accountId: 'ACCOUNT ID',
  users: 'USERS',
  location: 'LOCATION',
  modifiedOn: 'MODIFIED ON',
  status: 'STATUS',
  partnerAccount: 'Partner Account',
  notSentYet: 'after sending',
  waiting: (waiting: number) => `${count(waiting)} waiting`,
  needsAttention: (attention: number) => `${count(attention)} to look at`,
  emptyTitle: 'No accounts here yet',
  emptyBody: 'Accounts appear after the first sync with the cloud. Add one, or sync now.',
  emptyDeactivatedTitle: 'No deactivated accounts',
  emptyDeactivatedBody: 'Accounts that you deactivate are listed here.',
  noMatchTitle: 'No account matches',
  noMatchBody: 'Search by part of the name, the account number or the account ID.',
  noPermissionTitle: 'Accounts are not open to your role',
  noPermissionBody: 'Ask an administrator of your partner account for the permission to view accounts.',
} as const;

export const accountText = {
  information: 'Account Information',
  customer: 'Customer Information',
  contacts: 'Support Contacts',
  contactsNote: 'Issue reports of this account go to these addresses. At least one is needed.',
  contactsHint: 'Type an e-mail address and press Enter',
  facts: 'Identification',
  privileges: 'Privileges',
  privilegesNote: 'Read-only here.',
  delegated: 'Delegated Authentication',
  guest: 'Allow Guest Access',
  on: 'On',
  off: 'Off',
  accountId: 'Account ID',
  accountIdPending: 'given by the cloud when the account has been sent',
  copyAccountId: 'Copy Account ID',
  copied: 'Account ID copied.',
  number: 'Account number',
  sap: 'SAP Customer Number',
  billing: 'Billing Customer Number',
  cloudLocation: 'Cloud location',
  pbxType: 'PBX Type',
  customRoles: 'Custom roles',
  created: 'Created',
  modified: 'Last modified',
  none: '–',
  by: (when: string, who: string) => (who ? `${when} (${who})` : when),
  save: 'Save',
  discard: 'Discard',
  cancel: 'Cancel',
  unsaved: (fields: number) => (fields === 1 ? '1 field changed, not saved' : `${fields} fields changed, not saved`),
  saved: 'Saved on this computer. The change is sent as soon as the cloud can be reached.',
  added: (name: string) => `${name} was added on this computer and is sent as soon as the cloud can be reached.`,
  addTitle: 'Add Account',
  addNote: 'The account can be worked on at once; the cloud gets it when it can be reached.',
  deactivatedNote:
    'This account is deactivated: its users cannot sign in, and it cannot be changed until it is reactivated.',
  readOnlyNote: 'Your role may view this account but not change it.',
  gone: 'This account is no longer there',
  goneBody:
    'It was removed in the cloud or is hidden from your role. Go back to Accounts; the list shows what exists now.',
  back: 'Back to Accounts',
  noAddTitle: 'Your role may not add accounts',
  noAddBody: 'Ask an administrator of your partner account for the permission to add accounts.',
} as const;

export const accountFieldLabels: Readonly<Record<AccountField, string>> = {
  name: 'Customer Name',
  country: 'Country',
  street: 'Address',
  city: 'City/Town',
  stateOrProvince: 'Province/State',
  zipCode: 'Postal/Zip Code',
  languageCode: 'Default Language',
  businessType: 'Business Type',
  supportContacts: 'Support Contacts',
};

export function accountProblemText({ field, problem, value }: AccountProblem): string {
  switch (problem) {
    case 'required':
      return field === 'supportContacts'
        ? 'Add at least one support contact'
        : `Enter the ${accountFieldLabels[field]}`;
    case 'invalid-email':
      return 'Contains an invalid email';
    case 'duplicate':
      return `${value} is listed twice`;
  }
}
