import { emailKey } from '../../../shared/model/email.ts';
import type { Capabilities } from '../../../shared/cloud/wire.ts';
import type { Repositories } from '../database/repositories.ts';
import type { FieldValues } from '../domain/merge.ts';
import { pageOf, type Cloud } from './cloud.ts';
import { entityOf, type ServerRecord } from './entities.ts';
import type { EntityType } from '../domain/lane.ts';

export type Found =
  | { readonly kind: 'ours'; readonly record: ServerRecord }
  /** Somebody else's record has the natural key. */
  | { readonly kind: 'theirs'; readonly record: ServerRecord }
  | { readonly kind: 'none' }
  | { readonly kind: 'unknown' };

type Eyes = { readonly cloud: Cloud; readonly repositories: Pick<Repositories, 'tombstones'> };
type Sought = {
  readonly type: EntityType;
  readonly lid: string;
  readonly accountSid: string | null;
  readonly fields: FieldValues;
};

/**
 * Look before re-create (SYNC 3.3): is the record of a create, whose answer was lost, on the server? By our own id where the server
 * keeps it, else by the natural key; then it is ours only if every field that was sent is the same.
 */
export async function lookForCreate(eyes: Eyes, capabilities: Capabilities, create: Sought): Promise<Found> {
  const found = await search(eyes.cloud, capabilities, create);
  if (found.kind !== 'ours' || !eyes.repositories.tombstones.has(found.record.sid)) return found;
  const { type, accountSid } = create;
  const record = await fetchRecord(eyes, type, { sid: found.record.sid, accountSid });
  return record === null || record === 'unknown' ? { kind: 'unknown' } : { kind: 'ours', record };
}

async function search(cloud: Cloud, capabilities: Capabilities, create: Sought): Promise<Found> {
  const entity = entityOf(create.type);
  const path = entity.collectionPath(create.accountSid);
  if (capabilities.externalRef) {
    const byReference = await listed(
      cloud,
      create.type,
      `${path}?$filter=${encodeURIComponent(`externalRef eq '${create.lid}'`)}`,
    );
    if (byReference === 'unknown') return { kind: 'unknown' };
    if (byReference[0]) return { kind: 'ours', record: byReference[0] };
  }
  const filter = naturalKey(create.type, create.fields);
  const records = await listed(cloud, create.type, `${path}?$filter=${encodeURIComponent(filter)}`);
  if (records === 'unknown') return { kind: 'unknown' };
  const ours = records.find((record) => isOurs(create, record));
  if (ours) return { kind: 'ours', record: ours };
  return records[0] && entity.naturalKey.isUnique ? { kind: 'theirs', record: records[0] } : { kind: 'none' };
}

function isOurs(create: { lid: string; fields: FieldValues }, record: ServerRecord): boolean {
  if (record.externalRef !== null && record.externalRef !== create.lid) return false;
  return Object.entries(create.fields).every(([field, value]) => isSameText(value, record.fields[field]));
}

function naturalKey(type: EntityType, fields: FieldValues): string {
  const { field: key } = entityOf(type).naturalKey;
  return `${key} eq '${String(fields[key] ?? '').replaceAll("'", "''")}'`;
}

async function listed(cloud: Cloud, type: EntityType, path: string): Promise<readonly ServerRecord[] | 'unknown'> {
  const answer = await cloud.send({ method: 'GET', service: 'admin', path });
  if (answer.kind === 'refused' && answer.status === 404) return [];
  const page = answer.kind === 'ok' ? pageOf(answer.body) : null;
  return page ? page.items.flatMap((body) => entityOf(type).parse(body) ?? []) : 'unknown';
}

function isSameText(a: FieldValues[string], b: FieldValues[string] | undefined): boolean {
  if (typeof a !== 'string' || typeof b !== 'string') return JSON.stringify(a) === JSON.stringify(b ?? []);
  // The server may derive a display name and fold the case of an address.
  return a === '' || a === b || emailKey(a) === emailKey(b);
}

type RecordAddress = { readonly sid: string; readonly accountSid: string | null };

/** What the cloud says of one record: its body, that it is deleted, that this person may not see it, or nothing that could be trusted. */
export type Word =
  | { readonly kind: 'there'; readonly body: unknown }
  | { readonly kind: 'gone' | 'hidden' | 'unknown' };

export function askFor(eyes: Eyes, type: EntityType, at: RecordAddress): Promise<Word> {
  return asked(eyes, type, at, (word) => word);
}

/** The newest record of the server; null when it is gone. */
export function fetchRecord(eyes: Eyes, type: EntityType, at: RecordAddress): Promise<ServerRecord | null | 'unknown'> {
  return asked(eyes, type, at, (word) => {
    if (word.kind === 'gone') return null;
    return (word.kind === 'there' ? entityOf(type).parse(word.body) : null) ?? 'unknown';
  });
}

async function asked<T>(
  { cloud, repositories }: Eyes,
  type: EntityType,
  at: RecordAddress,
  read: (word: Word) => T,
): Promise<T> {
  const word = await askOnce(cloud, type, at);
  if (word.kind !== 'there' || !repositories.tombstones.has(at.sid)) return read(word);
  // A listing has said that it is gone, perhaps while this answer was on its way: what was read before must not bring it back.
  return read(await askOnce(cloud, type, at));
}

async function askOnce(cloud: Cloud, type: EntityType, { sid, accountSid }: RecordAddress): Promise<Word> {
  const path = `${entityOf(type).collectionPath(accountSid)}/${encodeURIComponent(sid)}`;
  const answer = await cloud.send({ method: 'GET', service: 'admin', path });
  if (answer.kind === 'ok') return { kind: 'there', body: answer.body };
  if (answer.kind !== 'refused') return { kind: 'unknown' };
  if (answer.status === 404 || answer.status === 410) return { kind: 'gone' };
  return { kind: answer.status === 403 ? 'hidden' : 'unknown' };
}
