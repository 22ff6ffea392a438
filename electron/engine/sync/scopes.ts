import type { Repositories } from '../database/repositories.ts';
import type { Tx } from '../database/store.ts';
import type { EntityType } from '../domain/lane.ts';
import type { ServerAccount, ServerUser } from '../domain/records.ts';
import { toServerAccount, toServerUser } from '../remote/records.ts';
import { overlayOf, showWorkIn } from './projection.ts';
import { scopeKey } from './scope-key.ts';

/** A part of the cloud that is fetched as a whole and then kept up to date: the accounts, or the users of one account. */
export type Scope = {
  readonly key: string;
  readonly type: EntityType;
  readonly accountLid: string | null;
  readonly subject: string;
  readonly listPath: string;
  readonly changesPath: string;
  /** Writes a page. Returns the local ids of creates that the page proves to have arrived. */
  apply(tx: Tx<'cache'>, bodies: readonly unknown[], gen: number): readonly Adoption[];
  remove(tx: Tx<'cache'>, sids: readonly string[]): void;
  /** Rows of the scope that the listing of this generation did not name. */
  unseen(gen: number): readonly { lid: string; sid: string; pending: number }[];
  size(): number;
  settled(): void;
  /** A page was written: work on what it brought back is shown. */
  applied(): void;
};

/** A record of ours that the server shows although its answer never came (SYNC 3.3). */
export type Adoption = { readonly lid: string; readonly sid: string };

export function accountsScope(repositories: Repositories): Scope {
  const { accounts, ids, outbox } = repositories;
  let arrived = new Set<string>();
  return {
    key: scopeKey(null),
    type: 'account',
    accountLid: null,
    subject: '',
    listPath: 'accounts',
    changesPath: 'accounts/changes',
    apply(tx, bodies, gen) {
      const adoptions: Adoption[] = [];
      arrived = new Set();
      const page = bodies.flatMap((body) => {
        const record: ServerAccount | null = toServerAccount(body);
        if (!record) return [];
        const lid = accounts.bySid(record.sid)?.lid ?? ids.lidOf('account', record.sid, record.externalRef);
        if (ids.isMinted(lid) && ids.sidOf(lid) === null) adoptions.push({ lid, sid: record.sid });
        if (!accounts.key(lid)) arrived.add(lid);
        const overlay = overlayOf(withoutAdopted(outbox.lane(lid), adoptions));
        return [{ record, lid, overlay }];
      });
      accounts.applyServer(tx, page, gen);
      return adoptions;
    },
    remove(tx, sids) {
      for (const sid of sids) accounts.removeBySid(tx, sid);
    },
    unseen: (gen) => accounts.unseen(gen),
    size: () => accounts.all().length,
    settled: () => undefined,
    applied: () => showWorkIn(repositories, arrived),
  };
}

export function usersScope(
  repositories: Repositories,
  account: { rowid: number; lid: string; sid: string; name: string },
): Scope {
  const { users, ids, outbox } = repositories;
  return {
    key: scopeKey(account.sid),
    type: 'user',
    accountLid: account.lid,
    subject: account.name,
    listPath: `accounts/${encodeURIComponent(account.sid)}/users`,
    changesPath: `accounts/${encodeURIComponent(account.sid)}/users/changes`,
    apply(tx, bodies, gen) {
      const adoptions: Adoption[] = [];
      // Most rows have no queued change; one look at the queue saves a look per row.
      const dirty = new Set(outbox.dirtyLids().map(({ lid }) => lid));
      const page = bodies.flatMap((body) => {
        const record: ServerUser | null = toServerUser(body);
        if (!record) return [];
        const lid = users.lidBySid(record.sid) ?? ids.lidOf('user', record.sid, record.externalRef);
        if (record.externalRef === lid && ids.isMinted(lid) && ids.sidOf(lid) === null)
          adoptions.push({ lid, sid: record.sid });
        const lane = dirty.has(lid) ? withoutAdopted(outbox.lane(lid), adoptions) : [];
        return [{ record, lid, overlay: overlayOf(lane) }];
      });
      users.applyServer(tx, account.rowid, page, gen);
      return adoptions;
    },
    remove(tx, sids) {
      for (const sid of sids) users.removeBySid(tx, sid);
    },
    unseen: (gen) => users.unseen(account.rowid, gen),
    size: () => users.countIn(account.rowid),
    settled: () => users.settled(account.rowid),
    applied: () => undefined,
  };
}

/** The create of an adopted record is done; only what came after it still lies over the server's values. */
function withoutAdopted(lane: ReturnType<Repositories['outbox']['lane']>, adoptions: readonly Adoption[]) {
  const adopted = adoptions.at(-1)?.lid;
  return lane.filter(({ lid, kind }) => !(kind === 'create' && lid === adopted));
}
