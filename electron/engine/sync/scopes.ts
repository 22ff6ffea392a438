import type { QueuedChange } from '../database/outbox-repository.ts';
import type { Repositories } from '../database/repositories.ts';
import type { Tx } from '../database/store.ts';
import type { EntityType } from '../domain/lane.ts';
import type { ServerAccount } from '../domain/records.ts';
import { toServerAccount, toServerUser } from '../remote/records.ts';
import { entityOf } from './entities.ts';
import { overlayOf, showWorkIn } from './projection.ts';
import { scopeKey } from './scope-key.ts';
import { noticeOf, type VersionWatch } from './versions.ts';

/** A part of the cloud that is fetched as a whole and then kept up to date: the accounts, or the users of one account. */
export type Scope = {
  readonly key: string;
  readonly type: EntityType;
  readonly accountLid: string | null;
  readonly subject: string;
  readonly listPath: string;
  readonly changesPath: string;
  /** Writes records. `tellsNew`: the scope was complete before, so what is new here is new over there. */
  apply(tx: Tx<'cache'>, bodies: readonly unknown[], page: PageOf): Applied;
  /** Takes away what the server no longer shows. Returns what of it was known here. */
  remove(tx: Tx<'cache'>, gone: readonly Gone[], watch: VersionWatch): readonly Lost[];
  /** Rows of the scope that the listing of this generation did not name. */
  unseen(gen: number): readonly { lid: string; sid: string; pending: number }[];
  size(): number;
  settled(): void;
  /** A page was written: work on what it brought back is shown. */
  applied(): void;
};

export type PageOf = { readonly gen: number; readonly watch: VersionWatch; readonly tellsNew: boolean };
export type Gone = { readonly sid: string; readonly why: 'deleted' | 'hidden' };
export type Lost = { readonly lid: string; readonly why: Gone['why'] };
export type Applied = {
  /** Creates that the page proves to have arrived. */
  readonly adoptions: readonly Adoption[];
  /** Records of the page for which changes wait: they are judged against what has come. */
  readonly waitedFor: readonly string[];
  /** Everything that came. */
  readonly lids: readonly string[];
};

/** A record of ours that the server shows although its answer never came (SYNC 3.3). */
export type Adoption = { readonly lid: string; readonly sid: string };

export function accountsScope(repositories: Repositories): Scope {
  const { accounts, ids, outbox, tombstones } = repositories;
  const entity = entityOf('account');
  let arrived = new Set<string>();
  return {
    key: scopeKey(null),
    type: 'account',
    accountLid: null,
    subject: '',
    listPath: 'accounts',
    changesPath: 'accounts/changes',
    apply(tx, bodies, { gen, watch, tellsNew }) {
      const adoptions: Adoption[] = [];
      const waitedFor: string[] = [];
      arrived = new Set();
      const page = bodies.flatMap((body) => {
        const record: ServerAccount | null = toServerAccount(body);
        if (!record) return [];
        const lid = accounts.bySid(record.sid)?.lid ?? ids.lidOf('account', record.sid, record.externalRef);
        if (ids.isMinted(lid) && ids.sidOf(lid) === null) adoptions.push({ lid, sid: record.sid });
        if (!accounts.key(lid)) arrived.add(lid);
        const lane = outbox.lane(lid);
        if (lane.length > 0) waitedFor.push(lid);
        return [{ record, lid, overlay: overlayOf(withoutAdopted(lane, adoptions)) }];
      });
      tombstones.raise(
        tx,
        page.map(({ record }) => record.sid),
      );
      accounts.applyServer(tx, page, gen, noticeOf(entity, { repositories, accountLid: null }, watch, tellsNew));
      return { adoptions, waitedFor, lids: page.map(({ lid }) => lid) };
    },
    remove(tx, gone, watch) {
      return gone.flatMap(({ sid, why }) => {
        const known = accounts.bySid(sid);
        const base = known && entity.base(repositories, known.lid);
        if (base)
          watch.gone('account', { lid: known.lid, accountLid: known.lid, fields: base.fields, name: known.name }, why);
        if (why === 'deleted') tombstones.bury(tx, sid);
        accounts.removeBySid(tx, sid);
        return known ? [{ lid: known.lid, why }] : [];
      });
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
  const { users, ids, outbox, tombstones } = repositories;
  const entity = entityOf('user');
  const home = { repositories, accountLid: account.lid };
  return {
    key: scopeKey(account.sid),
    type: 'user',
    accountLid: account.lid,
    subject: account.name,
    listPath: `accounts/${encodeURIComponent(account.sid)}/users`,
    changesPath: `accounts/${encodeURIComponent(account.sid)}/users/changes`,
    apply(tx, bodies, { gen, watch, tellsNew }) {
      const adoptions: Adoption[] = [];
      const waitedFor: string[] = [];
      const records = bodies.map(toServerUser).filter((record) => record !== null);
      const known = users.lidsBySid(records.map(({ sid }) => sid));
      const made = ids.lidsOf('user', records);
      const lids = records.map(({ sid }, index) => known.get(sid) ?? made[index] ?? '');
      // Most rows have no queued change; one look at the queue saves a look per row.
      const lanes = outbox.lanes(lids);
      const page = records.map((record, index) => {
        const lid = lids[index] ?? '';
        if (record.externalRef === lid && ids.isMinted(lid) && ids.sidOf(lid) === null)
          adoptions.push({ lid, sid: record.sid });
        const lane = withoutAdopted(lanes.get(lid) ?? [], adoptions);
        if (lane.length > 0) waitedFor.push(lid);
        return { record, lid, overlay: overlayOf(lane), isNew: !known.has(record.sid) };
      });
      tombstones.raise(
        tx,
        page.map(({ record }) => record.sid),
      );
      users.applyServer(tx, account.rowid, page, gen, noticeOf(entity, home, watch, tellsNew));
      return { adoptions, waitedFor, lids };
    },
    remove(tx, gone, watch) {
      return gone.flatMap(({ sid, why }) => {
        const lid = users.lidBySid(sid);
        const base = lid === null ? null : entity.base(repositories, lid);
        if (lid !== null && base) {
          const name = entity.nameOf(base.fields);
          watch.gone('user', { lid, accountLid: account.lid, fields: base.fields, name }, why);
        }
        if (why === 'deleted') tombstones.bury(tx, sid);
        users.removeBySid(tx, sid);
        return lid === null ? [] : [{ lid, why }];
      });
    },
    unseen: (gen) => users.unseen(account.rowid, gen),
    size: () => users.countIn(account.rowid),
    settled: () => users.settled(account.rowid),
    applied: () => undefined,
  };
}

/** The create of an adopted record is done; only what came after it still lies over the server's values. */
function withoutAdopted(lane: readonly QueuedChange[], adoptions: readonly Adoption[]) {
  const adopted = adoptions.at(-1)?.lid;
  return lane.filter(({ lid, kind }) => !(kind === 'create' && lid === adopted));
}
