import { NOTHING_ASSIGNABLE, type Assignables } from '../../../shared/model/assignables.ts';
import type { NameLanguage } from './names.ts';

/** What the generator needs to know about one demo account; everything else follows from it and the seed. */
export type AccountPlan = {
  readonly number: string;
  readonly name: string;
  /** Reserved domains only (RFC 2606). */
  readonly domain: string;
  /** Including the people who can sign in. */
  readonly users: number;
  readonly languages: readonly NameLanguage[];
  readonly address: {
    readonly country: string;
    readonly street: string;
    readonly city: string;
    readonly stateOrProvince: string;
    readonly zipCode: string;
  };
  readonly languageCode: string;
  readonly businessType: string;
  readonly cloudLocation: string;
  /** Of the account. */
  readonly source: string;
  /** Of its users: where those come from that nobody typed in, and their share. */
  readonly userSource: { readonly source: string; readonly share: number };
  /** Share of the users who finished their registration. */
  readonly registered: number;
  readonly admins: number;
  readonly extensionsFrom: number;
  readonly pbxType: string;
  readonly sapCustomerNumber: string;
  readonly isActive: boolean;
  readonly isPartner: boolean;
  readonly allowGuestAccess: boolean;
  readonly allowProxyAuthentication: boolean;
  /** Support contacts beyond the partner's technician. */
  readonly contacts: readonly string[];
  readonly assignables: Assignables;
  readonly openedOn: string;
};

const TYPICAL = {
  languages: ['en'],
  languageCode: 'en',
  businessType: 'Other',
  cloudLocation: 'Europe',
  source: 'ACCOUNTS',
  userSource: { source: 'PBX', share: 0 },
  registered: 0.8,
  admins: 2,
  extensionsFrom: 2000,
  pbxType: '',
  sapCustomerNumber: '',
  isActive: true,
  isPartner: false,
  allowGuestAccess: false,
  allowProxyAuthentication: false,
  contacts: [],
  assignables: NOTHING_ASSIGNABLE,
  openedOn: '2022-03-14',
} as const;

type Required = 'number' | 'name' | 'domain' | 'users' | 'address';

/** A plan with the usual values for everything that is not said. */
export function accountPlan(said: Pick<AccountPlan, Required> & Partial<AccountPlan>): AccountPlan {
  return { ...TYPICAL, ...said };
}
