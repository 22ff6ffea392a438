import { describe, expect, it } from 'vitest';
import type { ImportValues } from '../../../shared/model/import-row.ts';
import { NO_USER_FIELDS } from '../../../shared/model/user.ts';
import type { UserChoices } from '../../../shared/model/user-choices.ts';
import { EMPTY_VALUES } from './import-row-state.ts';
import { judgeRow, replaceIn, worstSeverity } from './import-validation.ts';
import type { AddressOwner, RowContext } from './import-validation.ts';

const GOOD: ImportValues = { ...EMPTY_VALUES, firstName: 'Ann', lastName: 'Ash', email: 'ann@customer.example' };
const CHOICES: UserChoices = {
  roles: ['USER', 'ACCOUNT_ADMIN'],
  smsNumbers: ['+441134960101'],
  userTemplates: ['Desk Phone'],
};
const ALONE: RowContext = {
  owner: null,
  existing: 'refuse',
  choices: CHOICES,
  smsOwner: '',
  before: null,
  elsewhere: '',
  usualDomain: '',
};
const ANN: AddressOwner = {
  lid: 'ann',
  name: 'Ann A.',
  isUnsent: false,
  source: 'ACCOUNTS',
  fields: { ...NO_USER_FIELDS, ...GOOD, name: 'Ann Ash', role: 'USER', mobile: '+442079460123' },
  waitingFields: [],
};

const CASES: readonly (readonly [
  name: string,
  change: Partial<ImportValues>,
  context: Partial<RowContext>,
  issues: readonly string[],
])[] = [
  ['a good row', {}, {}, []],
  ['only a last name', { firstName: '' }, {}, []],
  ['only a display name', { firstName: '', lastName: '', name: 'Ann Ash' }, {}, []],
  ['no name at all', { firstName: '', lastName: '' }, {}, ['name-missing:']],
  ['no address', { email: '' }, {}, ['email-missing:email']],
  ['a broken address', { email: 'ann@customer' }, {}, ['email-invalid:email']],
  ['an address of the account', {}, { owner: ANN }, ['email-in-account:email']],
  ['an address in the queue', {}, { owner: { ...ANN, isUnsent: true } }, ['email-queued:email']],
  ['the role User in any case', { role: 'uSER' }, {}, []],
  ['Account Admin', { role: 'account admin' }, {}, ['role-raised:role']],
  ['a role nobody has', { role: 'King' }, {}, ['role-unknown:role']],
  [
    'a custom role of the account',
    { role: 'help desk' },
    { choices: { ...CHOICES, roles: [...CHOICES.roles, 'Help Desk'] } },
    ['role-raised:role'],
  ],
  ['a tier in the words of the portal', { mitelOne: 'Mitel One (Premier)' }, {}, []],
  ['a tier that nobody sells', { mitelOne: 'Gold' }, {}, ['choice-unknown:mitelOne']],
  ['a yes in another language', { miteamMeetings: 'oui' }, {}, []],
  ['neither yes nor no', { miteamMeetings: 'perhaps' }, {}, ['choice-unknown:miteamMeetings']],
  ['a language by its name', { language: 'Français' }, {}, []],
  ['a language by its code and country', { language: 'de-CH' }, {}, []],
  ['a language that the cloud does not speak', { language: 'Frisian' }, {}, ['choice-unknown:language']],
  ['a number of the account', { smsNumber: '+441134960101' }, {}, []],
  ['a number of nobody', { smsNumber: '+441134960999' }, {}, ['choice-unknown:smsNumber']],
  [
    'a number of somebody else',
    { smsNumber: '+441134960101' },
    { smsOwner: 'Bea Bell' },
    ['sms-number-taken:smsNumber'],
  ],
  ['a template of the account', { userTemplate: 'desk phone' }, {}, []],
  ['a template of another account', { userTemplate: 'Kiosk' }, {}, ['choice-unknown:userTemplate']],
  ['tags that are too many', { tags: 'tag, '.repeat(101) }, {}, ['value-too-long:tags']],
  ['a name that is too long', { firstName: 'a'.repeat(101) }, {}, ['value-too-long:firstName']],
  ['a name that just fits', { firstName: 'a'.repeat(100), name: 'a'.repeat(200) }, {}, []],
  ['a mobile number without country code', { mobile: '0207 946 0123' }, {}, ['mobile-invalid:mobile']],
  ['letters in an extension', { extension: '12a' }, {}, ['extension-invalid:extension']],
  ['an address of another account', {}, { elsewhere: 'Harbour' }, ['email-elsewhere:email']],
  ['a domain unlike the account', {}, { usualDomain: 'harbour.example' }, ['domain-unlike:email']],
  ['an address that is skipped', {}, { owner: ANN, existing: 'skip' }, []],
  ['letters that were lost', { lastName: 'M\uFFFDller' }, {}, ['cell-error:lastName']],
  [
    'all at once',
    { firstName: '', lastName: '', email: '', role: 'x' },
    {},
    ['name-missing:', 'email-missing:email', 'role-unknown:role'],
  ],
];

describe('import validation', () => {
  it.each(CASES)('IMP-3: checks %s', (_name, change, context, issues) => {
    const found = judgeRow({ ...GOOD, ...change }, { ...ALONE, ...context }).issues;
    expect(found.map((issue) => `${issue.code}:${issue.field ?? ''}`)).toEqual(issues);
  });

  it('IMP-3: names the user who has the address', () => {
    expect(judgeRow(GOOD, { ...ALONE, owner: ANN }).issues[0]?.detail).toBe('Ann A.');
  });

  it('IMP-4: rates a row by its worst issue', () => {
    const issue = (code: 'role-raised' | 'spaces-trimmed' | 'email-missing') => ({ code, field: null, detail: '' });
    expect(worstSeverity([])).toBeNull();
    expect(worstSeverity([issue('spaces-trimmed')])).toBe('info');
    expect(worstSeverity([issue('spaces-trimmed'), issue('role-raised')])).toBe('warning');
    expect(worstSeverity([issue('email-missing'), issue('role-raised')])).toBe('error');
  });

  it('IMP-4: replaces text literally, also signs that have a meaning elsewhere', () => {
    expect(replaceIn('a.b.c', '.', '$&')).toBe('a$&b$&c');
    expect(replaceIn('abc', 'x', 'y')).toBeNull();
    expect(replaceIn('a'.repeat(20_000), 'a', 'bb')).toBeNull();
  });
});
