import type { NewChange, QueuedChange } from '../database/outbox-repository.ts';
import type { Repositories } from '../database/repositories.ts';
import type { EntityType } from '../domain/lane.ts';
import type { FieldValues } from '../domain/merge.ts';
import { isoTime, type Clock } from '../runtime/clock.ts';
import { noteChange } from './change-note.ts';
import { entityOf } from './entities.ts';
import { project } from './projection.ts';

/** A queued change as it travels: with the server's ids, because local ids of server records may differ between laptops. */
export type CarriedChange = {
  readonly opId: string;
  readonly groupId: string;
  readonly type: string;
  readonly kind: QueuedChange['kind'];
  readonly lid: string;
  readonly sid: string | null;
  readonly accountLid: string | null;
  readonly accountSid: string | null;
  readonly name: string;
  readonly patch: FieldValues;
  readonly seen: FieldValues;
  readonly schemaVersion: number;
  readonly idemKey: string;
  readonly createdAt: string;
};

type Desk = { readonly repositories: Repositories; readonly clock: Clock };

/** What was never sent: a request that may have arrived stays with the laptop that can find out. */
export function carryable({ repositories }: Desk, actor: string): readonly CarriedChange[] {
  const { outbox, accounts, uploads } = repositories;
  const changes = outbox.every(actor);
  const isUnsent = ({ state, firstSentAt }: QueuedChange): boolean =>
    firstSentAt === null && (state === 'queued' || state === 'conflict' || state === 'quarantine');
  // What follows a request that may have arrived stays behind it, and so does an account that rows of an upload wait for.
  const awaited = uploads.list(actor, null).map(({ accountLid }) => accountLid);
  const left = new Set([...awaited, ...changes.filter((change) => !isUnsent(change)).map(({ lid }) => lid)]);
  const stays = (change: QueuedChange): boolean =>
    left.has(change.lid) || outbox.needs(change.seq).some((lid) => left.has(lid));
  return changes
    .filter((change) => !stays(change))
    .toSorted((a, b) => a.seq - b.seq)
    .map((change) => ({
      ...{ opId: change.opId, groupId: change.groupId, type: change.type, kind: change.kind, lid: change.lid },
      ...{ accountLid: change.accountLid, patch: change.patch, seen: change.seen, idemKey: change.idemKey },
      ...{ schemaVersion: change.schemaVersion, createdAt: change.createdAt },
      sid: entityOf(change.type).sid(repositories, change.lid),
      accountSid: change.accountLid === null ? null : (accounts.key(change.accountLid)?.sid ?? null),
      name: entityOf(change.type).nameOf(entityOf(change.type).view(repositories, change.lid) ?? change.patch),
    }));
}

/** The other laptop has them now: they leave this queue, and the history says where they went. */
export function letGo(desk: Desk, opIds: readonly string[]): void {
  const { outbox, journal, ids } = desk.repositories;
  const changes = opIds.flatMap((opId) => outbox.get(opId) ?? []);
  journal.write((tx) => {
    for (const change of changes.toReversed()) {
      noteChange(desk, tx, change, { event: 'exported' });
      outbox.remove(tx, change.opId);
      if (change.kind === 'create') ids.forget(tx, change.lid);
    }
  });
  for (const { type, lid } of changes.toReversed()) project(desk.repositories, type, lid);
}

/** Accounts the changes belong to that this laptop has not fetched. */
export function missingAccounts({ repositories }: Desk, carried: readonly CarriedChange[]): readonly string[] {
  const made = new Set(
    carried.filter(({ kind, type }) => kind === 'create' && type === 'account').map(({ lid }) => lid),
  );
  return carried.flatMap(({ accountSid, accountLid, name }) => {
    if (accountLid === null || made.has(accountLid)) return [];
    return accountSid !== null && repositories.accounts.bySid(accountSid) ? [] : [name];
  });
}

/** Queues what came in a file, under this person's name. What is here already, or went from here, is left out. */
export function takeIn(desk: Desk, actor: string, carried: readonly CarriedChange[]): number {
  const { repositories, clock } = desk;
  const { outbox, journal, ids, audit } = repositories;
  const isKnown = ({ opId }: CarriedChange): boolean =>
    outbox.get(opId) !== null ||
    audit.of(opId).some(({ event }) => event !== 'exported' && event !== 'queued' && event !== 'coalesced');
  const fresh = carried.filter((change) => !isKnown(change));
  const made = new Set(fresh.filter(({ kind }) => kind === 'create').map(({ lid }) => lid));
  const at = isoTime(clock.now());
  const queued: { type: EntityType; lid: string }[] = [];
  journal.write((tx) => {
    for (const change of fresh) {
      const type = change.type as EntityType;
      const lid = change.sid === null ? change.lid : ids.lidOf(type, change.sid, null);
      const home = type === 'account' ? null : homeOf(desk, change);
      if (change.kind === 'create') ids.mint(tx, lid, type, at);
      const needs = [home, change.kind === 'create' ? null : lid].filter(
        (need): need is string => need !== null && made.has(need),
      );
      const next: NewChange = {
        ...{
          opId: change.opId,
          groupId: change.groupId,
          actor,
          type,
          lid,
          accountLid: home,
        },
        ...{ kind: change.kind, patch: change.patch, seen: change.seen, schemaVersion: change.schemaVersion },
        ...{ idemKey: change.idemKey, createdAt: change.createdAt, needs },
      };
      outbox.enqueue(tx, next);
      noteChange(desk, tx, next, { event: 'imported' });
      queued.push({ type, lid });
    }
  });
  for (const { type, lid } of queued) project(repositories, type, lid);
  return fresh.length;
}

function homeOf({ repositories }: Desk, { accountSid, accountLid }: CarriedChange): string | null {
  return accountSid === null ? accountLid : (repositories.accounts.bySid(accountSid)?.lid ?? null);
}
