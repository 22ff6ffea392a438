import { ACCOUNT_FIELDS, type AccountFields } from '../../../shared/model/account.ts';
import { isRaisedRole } from '../../../shared/model/role.ts';
import { displayNameOf, fieldsOf, USER_ACTS, USER_FIELDS, type UserFields } from '../../../shared/model/user.ts';
import type { Repositories } from '../database/repositories.ts';
import type { Tx } from '../database/store.ts';
import type { EntityType } from '../domain/lane.ts';
import type { FieldValue, FieldValues, MergeRules } from '../domain/merge.ts';
import type { Overlay, PendingCode, ServerAccount, ServerMark, ServerUser } from '../domain/records.ts';
import { accountBody, userBody } from '../remote/entity-wire.ts';
import { toServerAccount, toServerUser } from '../remote/records.ts';
import { sparedGeneration } from './scope-key.ts';
import { noticeOf, type VersionWatch } from './versions.ts';

export type ServerRecord = ServerMark & { readonly fields: FieldValues };

/**
 * Everything the sync must know of one entity type (fields, groups, endpoints, where its rows live).
 * Another type is another descriptor and a table, not other sync code.
 */
export type Entity = {
  readonly type: EntityType;
  readonly fields: readonly string[];
  /** Fields whose write does something: what was in them is never written back (USR-7). */
  readonly acts: readonly string[];
  /** Every field without a value. */
  readonly blank: FieldValues;
  readonly rules: MergeRules;
  /** The field by which people tell two records apart, and whether the cloud lets only one have a value (SYNC 3.3). */
  readonly naturalKey: { readonly field: string; readonly isUnique: boolean };
  /** Lives in an account: without that account's server id nothing of it can be sent. */
  readonly isInAccount: boolean;
  /** Bulk operations exist for it. */
  readonly hasBatch: boolean;
  /** Collection path below the admin service. */
  collectionPath(accountSid: string | null): string;
  /** What a person calls the record. */
  nameOf(fields: FieldValues): string;
  body(fields: FieldValues): Record<string, unknown>;
  parse(body: unknown): ServerRecord | null;
  /** The server's record below the view; null when the row is unknown or exists only here. */
  base(repositories: Repositories, lid: string): ServerRecord | null;
  sid(repositories: Repositories, lid: string): string | null;
  /** The row that has this server id; null when none has. */
  lidBySid(repositories: Repositories, sid: string): string | null;
  /** What the screen shows now; null for an unknown row. */
  view(repositories: Repositories, lid: string): FieldValues | null;
  applyServer(
    tx: Tx<'cache'>,
    repositories: Repositories,
    at: { accountLid: string | null; lid: string },
    record: ServerRecord,
    overlay: Overlay<FieldValues> | null,
    watch: VersionWatch,
  ): void;
  putLocal(
    tx: Tx<'cache'>,
    repositories: Repositories,
    at: { accountLid: string | null; lid: string },
    fields: FieldValues,
    pending: PendingCode,
  ): void;
  setView(tx: Tx<'cache'>, repositories: Repositories, lid: string, fields: FieldValues, pending: PendingCode): void;
  remove(tx: Tx<'cache'>, repositories: Repositories, lid: string): void;
  /** The server has it no more; a row with queued changes stays, without its server record. */
  lose(tx: Tx<'cache'>, repositories: Repositories, sid: string): void;
};

const account: Entity = {
  type: 'account',
  fields: ACCOUNT_FIELDS,
  acts: [],
  blank: { ...blankOf(ACCOUNT_FIELDS), supportContacts: [] },
  rules: {
    groups: { address: ['country', 'street', 'city', 'stateOrProvince', 'zipCode'] },
    sets: ['supportContacts'],
    asks: () => false,
  },
  // Two customers may have the same name.
  naturalKey: { field: 'name', isUnique: false },
  nameOf: (fields) => textOf(fields['name']),
  isInAccount: false,
  hasBatch: false,
  collectionPath: () => 'accounts',
  body: accountBody,
  parse: toServerAccount,
  base: (repositories, lid) => repositories.accounts.state(lid)?.base ?? null,
  sid: (repositories, lid) => repositories.accounts.key(lid)?.sid ?? repositories.ids.sidOf(lid),
  lidBySid: ({ accounts }, sid) => accounts.bySid(sid)?.lid ?? null,
  view: (repositories, lid) => repositories.accounts.state(lid)?.fields ?? null,
  applyServer(tx, repositories, { lid }, record, overlay, watch) {
    const gen = sparedGeneration(repositories, null);
    const notice = noticeOf(account, { repositories, accountLid: null }, watch, false);
    repositories.accounts.applyServer(tx, [{ record: record as ServerAccount, lid, overlay }], gen, notice);
  },
  putLocal(tx, { accounts }, { lid }, fields, pending) {
    accounts.putLocal(tx, lid, fields as unknown as AccountFields, pending);
  },
  setView(tx, { accounts }, lid, fields, pending) {
    accounts.setView(tx, lid, fields as unknown as AccountFields, pending);
  },
  remove: (tx, { accounts }, lid) => accounts.remove(tx, lid),
  lose: (tx, { accounts }, sid) => accounts.removeBySid(tx, sid),
};

const user: Entity = {
  type: 'user',
  fields: USER_FIELDS,
  acts: USER_ACTS,
  blank: blankOf(USER_FIELDS),
  rules: {
    groups: { name: ['firstName', 'lastName', 'name'] },
    sets: [],
    asks: (field, from, to) => field === 'role' && (isRaisedRole(textOf(from)) || isRaisedRole(textOf(to))),
  },
  naturalKey: { field: 'email', isUnique: true },
  nameOf: (fields) => displayNameOf({ ...blankOf(USER_FIELDS), ...fields } as UserFields),
  isInAccount: true,
  hasBatch: true,
  collectionPath: (accountSid) => `accounts/${encodeURIComponent(accountSid ?? '')}/users`,
  body: userBody,
  parse: toServerUser,
  base: (repositories, lid) => repositories.users.state(lid)?.base ?? null,
  sid: (repositories, lid) => repositories.users.state(lid)?.sid ?? repositories.ids.sidOf(lid),
  lidBySid: ({ users }, sid) => users.lidBySid(sid),
  view(repositories, lid) {
    const shown = repositories.users.get(lid);
    return shown && fieldsOf(shown);
  },
  applyServer(tx, repositories, { accountLid, lid }, record, overlay, watch) {
    const home = accountLid === null ? null : repositories.accounts.key(accountLid);
    if (!home) return;
    const gen = sparedGeneration(repositories, accountLid);
    const notice = noticeOf(user, { repositories, accountLid }, watch, false);
    repositories.users.applyServer(tx, home.rowid, [{ record: record as ServerUser, lid, overlay }], gen, notice);
  },
  putLocal(tx, { users, accounts }, { accountLid, lid }, fields, pending) {
    const home = accountLid === null ? null : accounts.key(accountLid);
    if (home) users.putLocal(tx, home.rowid, [{ lid, fields: fields as unknown as UserFields, pending }]);
  },
  setView(tx, { users }, lid, fields, pending) {
    users.setView(tx, lid, fields as unknown as UserFields, pending);
  },
  remove: (tx, { users }, lid) => users.remove(tx, [lid]),
  lose: (tx, { users }, sid) => users.removeBySid(tx, sid),
};

const ENTITIES: Readonly<Record<EntityType, Entity>> = { account, user };

export function entityOf(type: EntityType): Entity {
  return ENTITIES[type];
}

/** Former values that may go to the cloud again. */
export function writtenBack(type: EntityType, values: FieldValues): FieldValues {
  const { acts } = ENTITIES[type];
  return Object.fromEntries(Object.entries(values).filter(([field]) => !acts.includes(field)));
}

function blankOf(fields: readonly string[]): FieldValues {
  return Object.fromEntries(fields.map((field) => [field, '']));
}

function textOf(value: FieldValue | undefined): string {
  return typeof value === 'string' ? value : (value ?? []).join(', ');
}
