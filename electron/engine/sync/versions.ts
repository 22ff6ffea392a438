import type { Repositories } from '../database/repositories.ts';
import type { Tx } from '../database/store.ts';
import { isEqual, type FieldValue, type FieldValues } from '../domain/merge.ts';
import type { EntityType } from '../domain/lane.ts';
import type { ServerMark } from '../domain/records.ts';
import { isoTime, type Clock } from '../runtime/clock.ts';

import type { Entity } from './entities.ts';

type Here = { readonly repositories: Repositories; readonly clock: Clock };
type Known = { readonly lid: string; readonly accountLid: string; readonly fields: FieldValues; readonly name: string };
type Arriving = ServerMark & { readonly fields: FieldValues };

/** Told by the cache of every record that is about to be another one than it was (OFF-4). */
export type VersionWatch = {
  changed(type: EntityType, known: Known, arriving: Arriving): void;
  created(type: EntityType, known: Omit<Known, 'fields'>, arriving: Arriving): void;
  gone(type: EntityType, known: Known, what: 'deleted' | 'hidden'): void;
};

export function versionWatch(tx: Tx<'cache'>, { repositories, clock }: Here, source: 'here' | 'there'): VersionWatch {
  const noticedAt = isoTime(clock.now());
  const { versions } = repositories;
  return {
    changed(type, { lid, accountLid, fields, name }, arriving) {
      const moved = Object.keys(arriving.fields).filter((field) => !isEqual(fields[field], arriving.fields[field]));
      if (moved.length === 0) return;
      const pairs = moved.map((field) => [field, [fields[field] ?? null, arriving.fields[field] ?? null]] as const);
      const at = arriving.modifiedAt ?? noticedAt;
      const what = {
        type,
        lid,
        accountLid,
        name,
        what: 'changed',
        source,
        at,
        noticedAt,
        by: arriving.modifiedBy,
      } as const;
      versions.append(tx, { ...what, fields: Object.fromEntries(pairs) });
    },
    created(type, { lid, accountLid, name }, arriving) {
      const at = arriving.createdAt ?? noticedAt;
      const what = {
        type,
        lid,
        accountLid,
        name,
        what: 'created',
        source,
        at,
        noticedAt,
        by: arriving.modifiedBy,
      } as const;
      versions.append(tx, { ...what, fields: paired(arriving.fields, (value) => [null, value]) });
    },
    gone(type, { lid, accountLid, fields, name }, what) {
      const entry = { type, lid, accountLid, name, what, source, at: noticedAt, noticedAt, by: '' } as const;
      versions.append(tx, { ...entry, fields: paired(fields, (value) => [value, null]) });
    },
  };
}

/** For the cache's writer: compares what arrives with what is known. `tellsNew`: the scope was complete before, so a new row is news. */
export function noticeOf(
  entity: Entity,
  { repositories, accountLid }: { readonly repositories: Repositories; readonly accountLid: string | null },
  watch: VersionWatch,
  tellsNew: boolean,
): (lid: string, record: Arriving, isNew: boolean) => void {
  return (lid, record, isNew) => {
    const home = accountLid ?? lid;
    if (isNew) {
      if (tellsNew) watch.created(entity.type, { lid, accountLid: home, name: entity.nameOf(record.fields) }, record);
      return;
    }
    const base = entity.base(repositories, lid);
    if (!base) return;
    watch.changed(
      entity.type,
      { lid, accountLid: home, fields: base.fields, name: entity.nameOf(base.fields) },
      record,
    );
  };
}

function paired(fields: FieldValues, pair: (value: FieldValue) => readonly [FieldValue | null, FieldValue | null]) {
  return Object.fromEntries(Object.entries(fields).map(([field, value]) => [field, pair(value)]));
}
