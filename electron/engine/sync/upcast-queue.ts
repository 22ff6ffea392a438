import type { Repositories } from '../database/repositories.ts';
import { PATCH_SCHEMA_VERSION, upcastPatch } from '../domain/upcast.ts';

/** Brings work that an older program queued into today's shape. What cannot be read is kept, and shown with the reason (SYNC 3.10). */
export function upcastQueue({ journal, outbox }: Repositories): void {
  const foreign = outbox.otherVersions(PATCH_SCHEMA_VERSION);
  if (foreign.length === 0) return;
  journal.write((tx) => {
    for (const change of foreign) {
      const today = upcastPatch(change, change.schemaVersion);
      if (today)
        outbox.update(tx, change.opId, { patch: today.patch, seen: today.seen, schemaVersion: PATCH_SCHEMA_VERSION });
      else outbox.update(tx, change.opId, { state: 'quarantine', reason: 'not-readable' });
    }
  });
}
