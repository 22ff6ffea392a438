import { z } from 'zod';
import { assignables } from './assignables.ts';
import { accountId, instant } from './ids.ts';
import { pending } from './pending.ts';

export const ACCOUNT_STATES = ['ACTIVE', 'DEACTIVATED'] as const;
export const accountState = z.enum(ACCOUNT_STATES);
export type AccountState = z.output<typeof accountState>;

export const BUSINESS_TYPES = [
  'Education',
  'Finance',
  'Government',
  'Healthcare',
  'Hospitality',
  'Manufacturing',
  'Professional Services',
  'Retail',
  'Transport',
  'Other',
] as const;

/** Default languages of an account, as the API's languageCode. */
export const ACCOUNT_LANGUAGES = ['de', 'en', 'es', 'fr', 'it', 'nl', 'pt'] as const;

/** What a person may change on the Account Information page (ACC-3). Every value is text; '' means not given. */
export const accountFields = z.strictObject({
  name: z.string().max(200),
  country: z.string().max(2),
  street: z.string().max(300),
  city: z.string().max(100),
  stateOrProvince: z.string().max(100),
  zipCode: z.string().max(20),
  languageCode: z.string().max(10),
  businessType: z.string().max(60),
  /** E-mail addresses, in the order the portal shows them (ACC-7). */
  supportContacts: z.array(z.string().max(254)).max(50),
});
export type AccountFields = z.output<typeof accountFields>;
export type AccountField = keyof AccountFields;
export const ACCOUNT_FIELDS = Object.keys(accountFields.shape) as readonly AccountField[];

/** An account as the console shows it: the server's values with the queued changes on top. */
export const account = accountFields.extend({
  id: accountId,
  /** The server's uuid, the portal's "Account ID"; null until the server has created the account. */
  serverId: z.string().nullable(),
  accountNumber: z.string(),
  isPartnerAccount: z.boolean(),
  state: accountState,
  source: z.string(),
  cloudLocation: z.string(),
  sapCustomerNumber: z.string(),
  /** '' until the gateway is onboarded (ACC-3). */
  pbxType: z.string(),
  /** Custom roles that a partner has assigned to the account, by name (MA 2.14); its users can have them. */
  customRoles: z.array(z.string()),
  assignables,
  isGuestAccessAllowed: z.boolean(),
  isDelegatedAuthenticationAllowed: z.boolean(),
  userLimit: z.int().nonnegative(),
  createdAt: instant.nullable(),
  createdBy: z.string(),
  modifiedAt: instant.nullable(),
  modifiedBy: z.string(),
  pending,
});
export type Account = z.output<typeof account>;
