import { emailKey } from '../../../shared/model/email.ts';
import type { SandboxContext } from '../context.ts';
import type { Credential } from '../database/identity-table.ts';
import { OAuthError } from './oauth-error.ts';

/** The person these words belong to. `accountId` is an account id or the 9-digit account number, '' when not given. */
export function findPerson(
  context: SandboxContext,
  given: { readonly email: string; readonly password: string; readonly accountId: string },
): Credential {
  const people = context.store.identities
    .credentialsByEmail(emailKey(given.email))
    .filter((person) => context.isPassword(given.password, person));
  if (people.length === 0)
    throw new OAuthError('invalid_grant', 'The e-mail address or the password is wrong. Check both.');
  const wanted = given.accountId.trim();
  if (wanted === '' && people.length > 1) {
    throw new OAuthError(
      'account_required',
      'This e-mail address exists in several accounts. Give the account number as well.',
      {
        accounts: people.map((person) => ({ accountNumber: person.accountNumber, name: person.accountName })),
      },
    );
  }
  const person = people.find((one) => wanted === '' || one.accountId === wanted || one.accountNumber === wanted);
  if (!person)
    throw new OAuthError('invalid_grant', 'This person is not in the account given. Check the account number.');
  if (person.isActive === 0) {
    throw new OAuthError('invalid_grant', 'This account is deactivated. Its partner can reactivate it.');
  }
  return person;
}
