import { describe, expect, it } from 'vitest';
import type { ImportValues } from '../../../shared/model/import-row.ts';
import { judgeRow, replaceIn, worstSeverity } from './import-validation.ts';
import type { AddressOwner, RowContext } from './import-validation.ts';

const GOOD: ImportValues = {
  firstName: 'Ann',
  lastName: 'Ash',
  name: '',
  email: 'ann@customer.example',
  role: '',
  mobile: '',
  extension: '',
};
const ALONE: RowContext = {
  owner: null,
  existing: 'refuse',
  roles: ['USER', 'ACCOUNT_ADMIN'],
  before: null,
  elsewhere: '',
  usualDomain: '',
};
const ANN: AddressOwner = {
  lid: 'ann',
  name: 'Ann A.',
  isUnsent: false,
  source: 'ACCOUNTS',
  fields: { ...GOOD, name: 'Ann Ash', role: 'USER', mobile: '+442079460123', welcomeEmailOn: '' },
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
    { roles: ['USER', 'ACCOUNT_ADMIN', 'Help Desk'] },
    ['role-raised:role'],
  ],
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
