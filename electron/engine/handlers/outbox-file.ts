import { readFileSync, writeFileSync } from 'node:fs';
import { outboxFile, type OutboxFile } from '../../../shared/contract/outbox-file.ts';
import { ENTITY_TYPES } from '../domain/lane.ts';
import { PATCH_SCHEMA_VERSION } from '../domain/upcast.ts';
import { isoTime } from '../runtime/clock.ts';
import { carryable } from '../sync/carry-queue.ts';
import type { EngineContext } from './engine-context.ts';

const LARGEST_BYTES = 64 * 1024 * 1024;

/** Writes the queue of this person; returns the ids of the changes, null when the file cannot be written. */
export function writeOutboxFile(context: EngineContext, path: string): readonly string[] | null {
  const { session, config, clock } = context;
  const actor = session.actor();
  const changes = carryable(context, actor).map((change) => ({
    ...change,
    patch: plain(change.patch),
    seen: plain(change.seen),
  }));
  if (changes.length === 0) return [];
  const document: OutboxFile = {
    ...{ format: 'fieldlink-outbox', version: 1, exportedAt: isoTime(clock.now()), cloud: config.cloud.url, actor },
    actorName: session.identity()?.name ?? '',
    changes,
  };
  try {
    writeFileSync(path, `${JSON.stringify(document, null, 2)}\n`, { mode: 0o600 });
  } catch {
    return null;
  }
  return changes.map(({ opId }) => opId);
}

/** Null: not such a file, or one that a newer program wrote. `gone`: cannot be read. */
export function readOutboxFile(path: string): OutboxFile | 'gone' | null {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    return 'gone';
  }
  if (text.length > LARGEST_BYTES) return null;
  try {
    const parsed = outboxFile.safeParse(JSON.parse(text));
    if (!parsed.success) return null;
    const isReadable = parsed.data.changes.every(
      ({ type, schemaVersion }) =>
        ENTITY_TYPES.some((known) => known === type) && schemaVersion <= PATCH_SCHEMA_VERSION,
    );
    return isReadable ? parsed.data : null;
  } catch {
    return null;
  }
}

function plain(values: Readonly<Record<string, string | readonly string[]>>): Record<string, string | string[]> {
  return Object.fromEntries(
    Object.entries(values).map(([field, value]) => [field, typeof value === 'string' ? value : [...value]]),
  );
}
