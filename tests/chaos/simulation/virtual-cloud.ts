import type { Capabilities } from '../../../shared/cloud/wire.ts';
import { COLLECTIONS, isSame, type Fields, type RecordType, type Value } from './collections.ts';

export type CloudRecord = {
  readonly type: RecordType;
  readonly sid: string;
  /** '' for accounts. */
  readonly parent: string;
  readonly position: number;
  readonly externalRef: string | null;
  readonly fields: Fields;
  readonly rev: number;
  readonly modifiedOn: string;
  readonly modifiedBy: string;
};

/** One change that the cloud has made, with what was there before: the oracle's word of honour. */
export type Commit = {
  readonly seq: number;
  readonly op: 'add' | 'replace' | 'remove';
  readonly type: RecordType;
  readonly sid: string;
  readonly parent: string;
  readonly before: Fields | null;
  readonly after: Fields | null;
  /** The fields that the request named. */
  readonly asked: Partial<Record<string, Value>>;
  /** Who: the person of the token, or `portal`. */
  readonly sub: string;
  /** The request that did it; 0 for the portal. */
  readonly request: number;
  readonly ifMatch: string | null;
};

export type Tombstone = {
  readonly type: RecordType;
  readonly sid: string;
  readonly parent: string;
  readonly rev: number;
  readonly externalRef: string | null;
};

type Kept = { readonly fingerprint: string; readonly answer: CloudAnswer; readonly expiresAt: number };

/** Everything the cloud knows. */
export type CloudState = {
  seq: number;
  stamp: number;
  generation: number;
  serial: number;
  records: Map<string, CloudRecord>;
  tombstones: Tombstone[];
  tokens: Map<string, { readonly sub: string; readonly expiresAt: number }>;
  /** Whose every token was, also of those that have ended. */
  holders: Map<string, string>;
  refresh: Map<string, { readonly sub: string; rotatedAt: number | null }>;
  keys: Map<string, Kept>;
};

export type CloudAnswer = {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
};

export type CloudSettings = {
  capabilities: Capabilities;
  /** Revisions in the bodies: ours, so a cloud may lack them. */
  hasRevisions: boolean;
  accessTokenSeconds: number;
  /** What an expired change token is answered with. */
  goneStatus: 410 | 400;
  /** `next`: the next listing of users comes as if this person might see none of them, as a fault upstream makes it. */
  blindListing: 'none' | 'next' | 'given';
};

export type Person = { readonly sub: string; readonly email: string; readonly password: string };
export const PEOPLE: readonly Person[] = [
  { sub: 'person-pat', email: 'pat@partner.example', password: 'pat-secret' },
  { sub: 'person-kim', email: 'kim@partner.example', password: 'kim-secret' },
];

export type VirtualCloud = ReturnType<typeof createVirtualCloud>;

export function emptyState(): CloudState {
  return {
    ...{ seq: 0, stamp: 0, generation: 1, serial: 0, records: new Map(), tombstones: [] },
    ...{ tokens: new Map(), holders: new Map(), refresh: new Map(), keys: new Map() },
  };
}

export class Refused extends Error {
  readonly answer: CloudAnswer;
  constructor(status: number, message: string, extra: Readonly<Record<string, unknown>> = {}) {
    super(message);
    this.answer = { status, body: { message, ...extra } };
  }
}

/** The records of the cloud and every way to change them. Requests are read in `cloud-requests.ts`. */
export function createVirtualCloud(options: {
  readonly state: CloudState;
  readonly settings: CloudSettings;
  readonly now: () => number;
  readonly committed: (commit: Commit) => void;
}) {
  const { state, settings, now, committed } = options;

  /** No two changes have the same time, so that a cloud without revisions can be followed by its times. */
  function stamp(): string {
    state.stamp = Math.max(state.stamp + 1, now());
    return new Date(state.stamp).toISOString();
  }

  function live(type: RecordType, parent: string): CloudRecord[] {
    return [...state.records.values()]
      .filter((record) => record.type === type && record.parent === parent)
      .toSorted((a, b) => a.position - b.position);
  }

  function refuseClash(type: RecordType, parent: string, fields: Fields, except: string | null): void {
    const { unique } = COLLECTIONS[type];
    if (unique === null) return;
    const wanted = String(fields[unique]).toLowerCase();
    for (const record of state.records.values()) {
      if (record.type !== type || record.parent !== parent || record.sid === except) continue;
      if (String(record.fields[unique]).toLowerCase() === wanted)
        throw new Refused(409, 'One or more of the attribute values are already in use');
    }
  }

  type By = { readonly sub: string; readonly request: number; readonly ifMatch: string | null };

  function add(type: RecordType, parent: string, body: Readonly<Record<string, unknown>>, by: By): CloudRecord {
    const asked = COLLECTIONS[type].fromWire(body);
    const fields = { ...COLLECTIONS[type].blank, ...asked } as Fields;
    const reference = body['externalRef'];
    const externalRef = settings.capabilities.externalRef && typeof reference === 'string' ? reference : null;
    if (externalRef !== null) {
      for (const record of state.records.values())
        if (record.externalRef === externalRef) throw new Refused(409, 'externalRef exists already');
      if (state.tombstones.some((stone) => stone.externalRef === externalRef))
        throw new Refused(409, 'created before and deleted since', { deleted: true });
    }
    refuseClash(type, parent, fields, null);
    state.serial += 1;
    state.seq += 1;
    const sid = `${type}-${state.serial}`;
    const record: CloudRecord = {
      ...{ type, sid, parent, position: state.serial, externalRef, fields, rev: state.seq },
      ...{ modifiedOn: stamp(), modifiedBy: by.sub },
    };
    state.records.set(sid, record);
    committed({ seq: state.seq, op: 'add', type, sid, parent, before: null, after: fields, asked, ...by });
    return record;
  }

  function existing(type: RecordType, parent: string, sid: string): CloudRecord {
    const record = state.records.get(sid);
    if (record?.type === type && record.parent === parent) return record;
    throw new Refused(404, 'There is no such record. It may have been deleted.');
  }

  function requireMatch(record: CloudRecord, by: By): void {
    if (settings.capabilities.etag && by.ifMatch !== null && by.ifMatch !== etagOf(record))
      throw new Refused(412, 'This record was changed since it was read.');
  }

  function replace(
    record: CloudRecord,
    body: Readonly<Record<string, unknown>> | { readonly fields: Partial<Record<string, Value>> },
    by: By,
  ): CloudRecord {
    requireMatch(record, by);
    const { type, sid, parent } = record;
    const asked = 'fields' in body ? (body.fields as Fields) : COLLECTIONS[type].fromWire(body);
    const fields = { ...record.fields, ...asked } as Fields;
    refuseClash(type, parent, fields, sid);
    if (Object.keys(fields).every((name) => isSame(fields[name], record.fields[name]))) return record;
    state.seq += 1;
    const after = { ...record, fields, rev: state.seq, modifiedOn: stamp(), modifiedBy: by.sub };
    state.records.set(sid, after);
    committed({ seq: state.seq, op: 'replace', type, sid, parent, before: record.fields, after: fields, asked, ...by });
    return after;
  }

  function remove(record: CloudRecord, by: By): void {
    requireMatch(record, by);
    const { type, sid, parent, externalRef, fields } = record;
    state.records.delete(sid);
    state.seq += 1;
    stamp();
    state.tombstones.push({ type, sid, parent, rev: state.seq, externalRef });
    committed({ seq: state.seq, op: 'remove', type, sid, parent, before: fields, after: null, asked: {}, ...by });
  }

  return { state, settings, now, live, existing, add, replace, remove };
}

export function etagOf({ rev }: CloudRecord): string {
  return `"${rev}"`;
}

export const PORTAL = { sub: 'portal', request: 0, ifMatch: null } as const;
