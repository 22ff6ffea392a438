import type { AccountFields } from '../../shared/model/account.ts';
import type { UserFields } from '../../shared/model/user.ts';

export function aUserOf(name: string, more: Partial<UserFields> = {}): UserFields {
  return {
    firstName: name,
    lastName: 'Newcomer',
    name: '',
    email: `${name.toLowerCase()}@new.example`,
    mobile: '',
    extension: '',
    role: 'USER',
    ...more,
  };
}

export function anAccountOf(name: string, more: Partial<AccountFields> = {}): AccountFields {
  return {
    name,
    country: 'GB',
    street: '1 Test Lane',
    city: 'Testford',
    stateOrProvince: '',
    zipCode: 'TE1 1ST',
    languageCode: 'en',
    businessType: '',
    supportContacts: ['help@new.example'],
    ...more,
  };
}
