import { TEMPLATE_LICENSES } from './user-templates.ts';
import { accountPlan, type AccountPlan } from './account-plan.ts';

export const PARTNER_PLAN = accountPlan({
  number: '100000001',
  name: 'Brackenford Voice & Networks',
  domain: 'partner.example',
  users: 6,
  address: { country: 'GB', street: '4 Tanner Row', city: 'Brackenford', stateOrProvince: '', zipCode: 'BK1 4TR' },
  businessType: 'Professional Services',
  admins: 0,
  registered: 1,
  isPartner: true,
  sapCustomerNumber: '0009000101',
  openedOn: '2021-01-11',
});

export const HARBOUR_PLAN = accountPlan({
  number: '100000002',
  name: 'Saltmarsh Harbour Authority',
  domain: 'harbour.example',
  users: 412,
  address: { country: 'GB', street: '1 Pilot Quay', city: 'Saltmarsh', stateOrProvince: '', zipCode: 'SM2 1PQ' },
  businessType: 'Transport',
  userSource: { source: 'PBX', share: 0.45 },
  admins: 4,
  pbxType: 'MiVoice Business',
  sapCustomerNumber: '0009000102',
  allowProxyAuthentication: true,
  contacts: ['telecoms@harbour.example'],
  assignables: {
    licenses: { MITEL_ONE_ESSENTIAL: 150, MITEL_ONE_PREMIER: 58, MITEL_ONE_ELITE: 10, MITEAM_MEETINGS: 100 },
    smsNumbers: Array.from({ length: 12 }, (_, index) => `+4411349601${String(index).padStart(2, '0')}`),
    userTemplates: Object.keys(TEMPLATE_LICENSES),
  },
});

const CREDIT_UNION = accountPlan({
  number: '100000003',
  name: 'Cobalt Street Credit Union',
  domain: 'cobalt.example',
  users: 210,
  address: { country: 'US', street: '77 Cobalt Street', city: 'Millhaven', stateOrProvince: 'OH', zipCode: '43099' },
  businessType: 'Finance',
  cloudLocation: 'United States',
  userSource: { source: 'SCIM', share: 0.7 },
  admins: 3,
  pbxType: 'MiVoice Business',
  sapCustomerNumber: '0009000103',
});

const RETAIL = accountPlan({
  number: '100000004',
  name: 'Marrow Lane Retail Group',
  domain: 'marrowlane.example',
  users: 640,
  address: { country: 'US', street: '1200 Marrow Lane', city: 'Dunsmere', stateOrProvince: 'CA', zipCode: '90099' },
  businessType: 'Retail',
  cloudLocation: 'United States',
  source: 'MICLOUD_CONNECT',
  userSource: { source: 'MICLOUD_CONNECT', share: 0.9 },
  admins: 6,
  sapCustomerNumber: '7700441',
  contacts: ['it-desk@marrowlane.example', 'night-shift@marrowlane.example'],
});

/** Two accounts that one administrator shares. */
export const SHARED_PLANS: readonly AccountPlan[] = [CREDIT_UNION, RETAIL];

const LARGE_PLAN = accountPlan({
  number: '100000015',
  name: 'Overland Parcel Union',
  domain: 'overland.example',
  users: 100_000,
  languages: ['en', 'de', 'fr', 'es', 'it', 'nl', 'pt', 'pl'],
  address: { country: 'DE', street: 'Frachtring 200', city: 'Lindenau', stateOrProvince: 'HE', zipCode: '34999' },
  businessType: 'Transport',
  userSource: { source: 'SCIM', share: 0.6 },
  registered: 0.7,
  admins: 25,
  extensionsFrom: 10_000,
  pbxType: 'MiVoice Business',
  sapCustomerNumber: '0009000115',
  contacts: ['network-operations@overland.example'],
  assignables: {
    licenses: {
      MITEL_ONE_ESSENTIAL: 40_000,
      MITEL_ONE_PREMIER: 15_000,
      MITEL_ONE_ELITE: 2500,
      MITEAM_MEETINGS: 30_000,
    },
    smsNumbers: [],
    userTemplates: [],
  },
  openedOn: '2021-06-02',
});

const REST: readonly AccountPlan[] = [
  accountPlan({
    number: '100000005',
    name: 'Larkspur Veterinary Practice',
    domain: 'larkspur.example',
    users: 5,
    address: { country: 'IE', street: '9 Orchard Green', city: 'Kilbarrow', stateOrProvince: '', zipCode: 'K99 LV05' },
    businessType: 'Healthcare',
    admins: 1,
  }),
  accountPlan({
    number: '100000006',
    name: 'Kestrel Ridge Hospital',
    domain: 'kestrel-hospital.example',
    users: 860,
    languages: ['en', 'en', 'pl', 'es', 'pt'],
    address: { country: 'GB', street: 'Infirmary Way', city: 'Kestrel Ridge', stateOrProvince: '', zipCode: 'KR7 2HW' },
    businessType: 'Healthcare',
    userSource: { source: 'PBX', share: 0.6 },
    registered: 0.55,
    admins: 8,
    extensionsFrom: 40_000,
    pbxType: 'MiVoice Business',
    sapCustomerNumber: '0009000106',
    assignables: { licenses: { MITEL_ONE_ESSENTIAL: 300, MITEAM_MEETINGS: 200 }, smsNumbers: [], userTemplates: [] },
    contacts: ['switchboard@kestrel-hospital.example', 'on-call.telephony@kestrel-hospital.example'],
  }),
  accountPlan({
    number: '100000007',
    name: 'Hotel Zur Alten Mühle',
    domain: 'alte-muehle.example',
    users: 140,
    languages: ['de', 'de', 'pl'],
    address: { country: 'DE', street: 'Mühlgasse 3', city: 'Bad Tannwald', stateOrProvince: 'BY', zipCode: '83999' },
    languageCode: 'de',
    businessType: 'Hospitality',
    userSource: { source: 'PBX', share: 0.8 },
    extensionsFrom: 100,
    pbxType: 'MiVoice Office 400',
    allowGuestAccess: true,
  }),
  accountPlan({
    number: '100000008',
    name: "Lycée polyvalent du Val-d'Orme",
    domain: 'val-orme.example',
    users: 320,
    languages: ['fr'],
    address: {
      country: 'FR',
      street: '12 allée des Ormes',
      city: 'Orme-sur-Vaire',
      stateOrProvince: '',
      zipCode: '49999',
    },
    languageCode: 'fr',
    businessType: 'Education',
    userSource: { source: 'SCIM', share: 0.95 },
    registered: 0.4,
  }),
  accountPlan({
    number: '100000009',
    name: 'Whitlow & Daughters Joinery',
    domain: 'whitlow.example',
    users: 38,
    address: { country: 'GB', street: 'Sawmill Yard', city: 'Oxbarrow', stateOrProvince: '', zipCode: 'OX99 1SY' },
    businessType: 'Manufacturing',
    isActive: false,
  }),
  accountPlan({
    number: '100000010',
    name: 'شركة النخيل للخدمات اللوجستية – Al-Nakhil Integrated Logistics, Warehousing and Cold-Chain Distribution Services (Eastern Region) ŁÓDŹ–ÅRHUS–ÇEŞME',
    domain: 'al-nakhil.example',
    users: 64,
    languages: ['ar', 'he', 'pl', 'de'],
    address: { country: 'AE', street: 'شارع الميناء 14', city: 'Port Sadaf', stateOrProvince: '', zipCode: '00000' },
    businessType: 'Transport',
    cloudLocation: 'Asia Pacific',
    registered: 0.6,
  }),
  accountPlan({
    number: '100000011',
    name: 'Azienda Trasporti Valverde',
    domain: 'trasporti-valverde.example',
    users: 96,
    languages: ['it'],
    address: { country: 'IT', street: 'Via dei Tigli 21', city: 'Valverde', stateOrProvince: 'TN', zipCode: '38999' },
    languageCode: 'it',
    businessType: 'Transport',
    allowGuestAccess: true,
    pbxType: 'SMBC',
    userSource: { source: 'PBX', share: 1 },
  }),
  accountPlan({
    number: '100000012',
    name: 'Waterschap De Lage Weide',
    domain: 'lageweide.example',
    users: 180,
    languages: ['nl'],
    address: { country: 'NL', street: 'Dijkweg 88', city: 'Oudermeer', stateOrProvince: '', zipCode: '1999 ZZ' },
    languageCode: 'nl',
    businessType: 'Government',
    userSource: { source: 'SCIM', share: 0.5 },
  }),
  accountPlan({
    number: '100000013',
    name: 'Clínica Dental Sol y Arena',
    domain: 'solyarena.example',
    users: 24,
    languages: ['es'],
    address: {
      country: 'ES',
      street: 'Paseo de las Dunas 5',
      city: 'Puerto Claro',
      stateOrProvince: '',
      zipCode: '29999',
    },
    languageCode: 'es',
    businessType: 'Healthcare',
    registered: 0,
    admins: 1,
  }),
  accountPlan({
    number: '100000014',
    name: 'Prefeitura de Serra Clara',
    domain: 'serraclara.example',
    users: 900,
    languages: ['pt'],
    address: {
      country: 'PT',
      street: 'Praça da Fonte 1',
      city: 'Serra Clara',
      stateOrProvince: '',
      zipCode: '9999-001',
    },
    languageCode: 'pt',
    businessType: 'Government',
    userSource: { source: 'PBX', share: 0.3 },
    admins: 12,
    pbxType: 'MiVoice 5000',
    sapCustomerNumber: '0009000114',
  }),
  LARGE_PLAN,
  accountPlan({
    number: '100000016',
    name: 'Quarry Road Amateur Dramatics',
    domain: 'quarryroad.example',
    users: 7,
    address: {
      country: 'GB',
      street: 'The Old Chapel, Quarry Road',
      city: 'Stonely',
      stateOrProvince: '',
      zipCode: 'ST9 9QR',
    },
    isActive: false,
    registered: 0.3,
    admins: 1,
  }),
];

export type TenantKind = 'demo' | 'small' | 'empty';

/** The accounts of each set of tenants. The harbour account keeps its number and id in all of them. */
export function plansOf(kind: TenantKind): readonly AccountPlan[] {
  switch (kind) {
    case 'demo':
      return [PARTNER_PLAN, HARBOUR_PLAN, ...SHARED_PLANS, ...REST];
    case 'small':
      return [
        PARTNER_PLAN,
        { ...HARBOUR_PLAN, users: 40 },
        { ...CREDIT_UNION, users: 5, admins: 1 },
        { ...RETAIL, users: 300 },
      ];
    case 'empty':
      return [
        { ...PARTNER_PLAN, users: 1 },
        { ...HARBOUR_PLAN, users: 0, admins: 0 },
      ];
  }
}
