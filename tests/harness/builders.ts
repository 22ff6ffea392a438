import type { AccountFields } from '../../shared/model/account.ts';
import { NO_USER_FORM, type UserFields, type UserForm } from '../../shared/model/user.ts';

export function aUserOf(name: string, more: Partial<UserForm> = {}): UserForm {
  return {
    ...NO_USER_FORM,
    firstName: name,
    lastName: 'Newcomer',
    email: `${name.toLowerCase()}@new.example`,
    role: 'USER',
    ...more,
  };
}

/** The same as it is kept: nobody has sent a welcome e-mail. */
export function aStoredUserOf(name: string, more: Partial<UserForm> = {}): UserFields {
  return { ...aUserOf(name, more), welcomeEmailOn: '' };
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
