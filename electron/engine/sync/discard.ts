import type { Repositories } from '../database/repositories.ts';
import { isoTime, type Clock } from '../runtime/clock.ts';
import { noteChange } from './change-note.ts';
import { project } from './projection.ts';

const SLICE = 2000;

/** Drops everything a person has waiting, by that person's word at sign-out, and shows the server's values again. */
export function discardAll(repositories: Repositories, clock: Clock, actor: string): void {
  const { journal, cache, outbox, uploads, ids, users, audit, importChanges } = repositories;
  const touched = outbox.dirtyLids();
  const rows = unsentRows(repositories, actor);
  const changes = outbox.every(actor);
  journal.write((tx) => {
    for (const change of changes) noteChange({ repositories, clock }, tx, change, { event: 'discarded' });
    outbox.removeAll(tx, actor);
    importChanges.discard(tx, actor);
    uploads.discard(tx, actor);
    const kept = new Set(outbox.dirtyLids().map(({ lid }) => lid));
    for (const lid of [...touched.map((one) => one.lid), ...rows]) if (!kept.has(lid)) ids.forget(tx, lid);
    if (rows.length === 0) return;
    const detail = JSON.stringify({ kind: 'import', count: rows.length });
    audit.append(tx, { at: isoTime(clock.now()), actor, opId: '', event: 'discarded', detail, correlationId: '' });
  });
  for (let at = 0; at < rows.length; at += SLICE) cache.write((tx) => users.remove(tx, rows.slice(at, at + SLICE)));
  for (const { type, lid } of touched) project(repositories, type, lid);
}

function unsentRows({ uploads }: Repositories, actor: string): readonly string[] {
  const lids: string[] = [];
  for (const { importId } of uploads.list(actor, null)) {
    for (let after = 0; ;) {
      const items = uploads.unsent(importId, after, SLICE);
      lids.push(...items.map(({ lid }) => lid));
      if (items.length < SLICE) break;
      after = items.at(-1)?.row ?? after;
    }
  }
  return lids;
}
