import { foldText } from '../../../shared/lib/fold-text.ts';
import { emailKey } from '../../../shared/model/email.ts';
import { ASSIGNED, MITEL_ONE_TIERS, type MitelOneTier } from '../../../shared/model/license.ts';
import { ROLE_ACCOUNT_ADMIN, ROLE_PARTNER, ROLE_USER } from '../../../shared/model/role.ts';
import type { NewUser } from '../database/records.ts';
import { uuidFrom } from '../runtime/ids.ts';
import { pick, type Random } from '../runtime/random.ts';
import type { AccountPlan } from './account-plan.ts';
import type { Identity } from './identities.ts';
import { NAMES, type NameLanguage } from './names.ts';

type AssignedFields = Pick<NewUser, 'mitelOne' | 'miteamMeetings' | 'smsNumber' | 'language' | 'userTemplate' | 'tags'>;

/** One in so many has the tier. */
const TIER_EVERY: Readonly<Record<MitelOneTier, number>> = { ESSENTIAL: 4, PREMIER: 10, ELITE: 47 };
const DAY_MS = 86_400_000;
// The demo world ends here; nothing in it depends on the day it is started.
const LAST_DAY = Date.UTC(2026, 9, 31);

type UserSeed = {
  readonly plan: AccountPlan;
  readonly account: number;
  readonly identities: readonly Identity[];
  readonly random: Random;
  readonly nextRev: () => number;
};

/** The users of one account, those who can sign in first. The same seed gives the same users, ids included. */
export function* generateUsers(seed: UserSeed): Generator<NewUser> {
  const { plan, random } = seed;
  const names = createNameSource(plan.domain, random);
  const signIns = seed.identities.slice(0, plan.users);
  for (const [number, identity] of signIns.entries()) {
    const user = userOf(seed, { ...identity, source: 'ACCOUNTS', isVerified: 1 }, number);
    yield { ...user, name: `${identity.firstName} ${identity.lastName}` };
  }

  const rolesGiven = signIns.filter((identity) => identity.role === ROLE_ACCOUNT_ADMIN).length;
  for (let number = signIns.length; number < plan.users; number += 1) {
    const isAdmin = number < signIns.length + plan.admins - rolesGiven;
    const person = names.next(pick(random, plan.languages));
    const imported = random() < plan.userSource.share && !isAdmin;
    const role = plan.isPartner ? ROLE_PARTNER : isAdmin ? ROLE_ACCOUNT_ADMIN : ROLE_USER;
    const source = imported ? plan.userSource.source : 'ACCOUNTS';
    const isVerified = isAdmin || plan.isPartner || random() < plan.registered ? 1 : 0;
    yield userOf(seed, { ...person, role, source, isVerified }, number);
  }
}

type Person = Pick<NewUser, 'firstName' | 'lastName' | 'email' | 'role' | 'source' | 'isVerified'>;

function userOf(seed: UserSeed, person: Person, number: number): NewUser {
  const { plan, random } = seed;
  const opened = Date.parse(`${plan.openedOn}T08:00:00Z`);
  const createdAt = opened + Math.floor(random() * (LAST_DAY - opened));
  const modifiedAt = createdAt + Math.floor(random() * Math.min(LAST_DAY - createdAt, 400 * DAY_MS));
  const createdOn = new Date(createdAt).toISOString();
  const hasExtension = person.source === 'PBX' || random() < 0.75;
  return {
    userId: uuidFrom(random),
    account: seed.account,
    firstName: person.firstName,
    lastName: person.lastName,
    // A few display names differ from first and last name, as people type them.
    name: random() < 0.04 ? `${person.lastName}, ${person.firstName}` : `${person.firstName} ${person.lastName}`,
    email: person.email,
    emailKey: emailKey(person.email),
    role: person.role,
    extension: hasExtension ? String(plan.extensionsFrom + number) : '',
    mobile: random() < 0.5 ? mobile(plan.address.country, random) : '',
    ...assignedTo(plan, number),
    // Lists that were imported have none yet.
    welcomeEmailOn: person.source === 'ACCOUNTS' && (person.isVerified === 1 || number % 3 > 0) ? createdOn : '',
    source: person.source,
    isVerified: person.isVerified,
    externalRef: null,
    createdOn,
    createdBy: authorOf(person.source),
    modifiedOn: new Date(modifiedAt).toISOString(),
    modifiedBy: random() < 0.5 ? authorOf(person.source) : 'Pat Technician',
    rev: seed.nextRev(),
  };
}

/** Of every account that has some to give, the same users have them. */
function assignedTo({ assignables, isPartner, users }: AccountPlan, number: number): AssignedFields {
  const { licenses, smsNumbers } = assignables;
  const tier = MITEL_ONE_TIERS.find(
    (one) => number % TIER_EVERY[one] === 1 && (licenses[`MITEL_ONE_${one}`] ?? 0) * TIER_EVERY[one] > users,
  );
  const hasMeetings = number % 5 === 2 && (licenses.MITEAM_MEETINGS ?? 0) * 5 > users;
  return {
    mitelOne: tier ?? '',
    miteamMeetings: hasMeetings ? ASSIGNED : '',
    // Those who sign in come first and have none.
    smsNumber: (number > 9 && number < 15 && smsNumbers[number - 10]) || '',
    language: '',
    userTemplate: '',
    tags: isPartner ? '' : number % 40 === 7 ? 'pilot, ground floor' : '',
  };
}

function authorOf(source: string): string {
  switch (source) {
    case 'PBX':
      return 'CloudLink Gateway';
    case 'SCIM':
      return 'Azure AD Sync';
    case 'MICLOUD_CONNECT':
      return 'MiCloud Connect';
    default:
      return 'Pat Technician';
  }
}

const US_AREAS = ['212', '312', '415', '617', '713'] as const;

// Numbers nobody has: 555-0100 to 555-0199 in the US, Ofcom's drama range 07700 900000 to 900999 elsewhere.
function mobile(country: string, random: Random): string {
  if (country === 'US') return `+1${pick(random, US_AREAS)}55501${digits(random, 2)}`;
  return `+447700900${digits(random, 3)}`;
}

function digits(random: Random, count: number): string {
  return String(Math.floor(random() * 10 ** count)).padStart(count, '0');
}

function createNameSource(domain: string, random: Random) {
  const folded = new Map<string, string>();
  const taken = new Map<string, number>();
  const part = (name: string): string => {
    const known = folded.get(name);
    if (known !== undefined) return known;
    const latin = foldText(name)
      .replaceAll('ł', 'l')
      .replaceAll('ß', 'ss')
      .replaceAll(/[^a-z]/gu, '');
    folded.set(name, latin);
    return latin;
  };
  return {
    next: (language: NameLanguage): Pick<NewUser, 'firstName' | 'lastName' | 'email'> => {
      const { first, last } = NAMES[language];
      const firstName = pick<string>(random, first);
      const lastName = pick<string>(random, last);
      // Names without a Latin letter get a neutral address.
      const local = [part(firstName), part(lastName)].filter((text) => text !== '').join('.') || 'member';
      const count = (taken.get(local) ?? 0) + 1;
      taken.set(local, count);
      return { firstName, lastName, email: `${local}${count === 1 ? '' : count}@${domain}` };
    },
  };
}
