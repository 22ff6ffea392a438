import type { ExistingChoice } from '../../../shared/model/import-row.ts';
import type { Repositories } from '../database/repositories.ts';
import type { Planned } from '../domain/import-plan.ts';
import { addressKey } from '../domain/import-row-state.ts';
import type { RowState } from '../domain/import-row-state.ts';
import { judgeRow } from '../domain/import-validation.ts';
import type { AddressOwner, JudgedRow } from '../domain/import-validation.ts';
import type { UserChoices } from '../../../shared/model/user-choices.ts';
import type { SmsOwner } from '../database/user-repository.ts';
import type { Clock } from '../runtime/clock.ts';

/** Says what is wrong with a row and what Upload makes of it. `before`: the plan of it that a person has seen; `key`: that of its address. */
export type Judge = (row: RowState, before: Planned | null, key?: string) => JudgedRow;

/** What the account says about rows: who is in it already, and what is usual there. */
export type AccountRules = {
  /** The addresses are those of the rows that will be judged: they are looked up at once. */
  judgeFor(
    draft: { readonly accountLid: string; readonly existing: ExistingChoice },
    emailKeys: readonly string[],
    elsewhere?: Elsewhere,
  ): Judge;
  /** Which of the addresses users of the partner's other accounts have. Looks through all of them, in turns. */
  findElsewhere(accountLid: string, emailKeys: Addresses): Promise<Elsewhere>;
  /** What its users can be given. */
  choices(accountLid: string): UserChoices;
  /** The domain that most users of the account have; '' while they are few. */
  usualDomain(accountLid: string): string;
};

/** A set, or a map by address: a hundred thousand are not copied to be asked. */
type Addresses = Pick<ReadonlySet<string>, 'size' | 'has' | 'keys'>;

/** The name of another account with a user of that address, by address. */
export type Elsewhere = ReadonlyMap<string, string>;

type Domains = { readonly known: ReadonlySet<string>; readonly usual: string };

/** Fewer users say nothing about what is usual. */
const FEWEST_USERS = 3;
const DOMAINS_KEPT_MS = 60_000;
/** Addresses times accounts that are looked up on the way; more are looked for when the plan is checked. */
const QUICK_LOOKS = 4000;
/** Addresses that are read, or asked for, at once: a few milliseconds. */
const LOOKED_THROUGH = 2000;

const NO_OWNERS: ReadonlyMap<string, SmsOwner> = new Map();

function otherOwner(owner: SmsOwner | undefined, user: AddressOwner | undefined): string {
  return owner && owner.lid !== user?.lid ? owner.name : '';
}

export function createAccountRules(
  repositories: Repositories,
  clock: Clock,
  breathe: () => Promise<void>,
): AccountRules {
  const { accounts, users, outbox } = repositories;
  const kept = new Map<string, { readonly domains: Domains; readonly until: number }>();

  function domainsOf(accountLid: string, account: number): Domains {
    const known = kept.get(accountLid);
    if (known && known.until > clock.now()) return known.domains;
    const found = users.domainsIn(account);
    const total = found.reduce((sum, { count }) => sum + count, 0);
    const usual = total < FEWEST_USERS ? '' : (found[0]?.domain ?? '');
    const domains = { usual, known: new Set(found.map(({ domain }) => domain)) };
    kept.set(accountLid, { domains, until: clock.now() + DOMAINS_KEPT_MS });
    return domains;
  }

  function ownersOf(account: number, emailKeys: readonly string[]): ReadonlyMap<string, AddressOwner> {
    const known = users.findByEmails(account, emailKeys);
    return new Map(
      known.map(({ emailKey, isPending, ...user }) => [
        emailKey,
        { ...user, waitingFields: isPending ? outbox.lane(user.lid).flatMap(({ patch }) => Object.keys(patch)) : [] },
      ]),
    );
  }

  function lookElsewhere(accountLid: string, emailKeys: readonly string[]): Elsewhere {
    const found = new Map<string, string>();
    const homes = emailKeys.length === 0 ? [] : accounts.homes();
    if (homes.length * emailKeys.length > QUICK_LOOKS) return found;
    for (const { rowid, lid, name } of homes) {
      if (lid !== accountLid)
        for (const { emailKey } of users.findByEmails(rowid, emailKeys)) found.set(emailKey, name);
    }
    return found;
  }

  /** Which of the addresses users of an account have. A small account is read; a large one is asked, unless the list is larger still. */
  async function* addressesIn(account: number, emailKeys: Addresses): AsyncGenerator<string, void> {
    let after = '';
    for (;;) {
      const keys = users.emailKeysAfter(account, after, LOOKED_THROUGH);
      for (const key of keys) if (emailKeys.has(key)) yield key;
      await breathe();
      if (keys.length < LOOKED_THROUGH) return;
      after = keys.at(-1) ?? after;
      if (emailKeys.size <= LOOKED_THROUGH) break;
    }
    for (const { emailKey } of users.findByEmails(account, [...emailKeys.keys()])) if (emailKey > after) yield emailKey;
    await breathe();
  }

  return {
    choices: (accountLid) => accounts.choices(accountLid),
    usualDomain(accountLid) {
      const home = accounts.key(accountLid);
      return home ? domainsOf(accountLid, home.rowid).usual : '';
    },
    async findElsewhere(accountLid, emailKeys) {
      const found = new Map<string, string>();
      if (emailKeys.size === 0) return found;
      for (const { rowid, lid, name } of accounts.homes()) {
        if (lid === accountLid) continue;
        for await (const key of addressesIn(rowid, emailKeys)) found.set(key, name);
      }
      return found;
    },
    judgeFor({ accountLid, existing }, emailKeys, known) {
      const home = accounts.key(accountLid);
      const owners = home && emailKeys.length > 0 ? ownersOf(home.rowid, emailKeys) : new Map<string, AddressOwner>();
      const strangers = home ? emailKeys.filter((key) => !owners.has(key)) : [];
      const elsewhere = known ?? lookElsewhere(accountLid, strangers);
      const domains = home ? domainsOf(accountLid, home.rowid) : { usual: '', known: new Set<string>() };
      const choices = accounts.choices(accountLid);
      const numbers = home && choices.smsNumbers.length > 0 ? users.smsOwners(home.rowid) : NO_OWNERS;
      return (row, before, key = addressKey(row.values)) => {
        const domain = key.slice(key.lastIndexOf('@') + 1);
        return judgeRow(row.values, {
          owner: owners.get(key) ?? null,
          existing: row.existing ?? existing,
          choices,
          smsOwner: otherOwner(numbers.get(row.values.smsNumber), owners.get(key)),
          before,
          elsewhere: elsewhere.get(key) ?? '',
          usualDomain: key === '' || domains.known.has(domain) ? '' : domains.usual,
          isAddress: key !== '',
        });
      };
    },
  };
}
