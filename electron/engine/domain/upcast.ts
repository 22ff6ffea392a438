import type { EntityType } from './lane.ts';
import type { FieldValues } from './merge.ts';

/** What a queued change stores of the person's words. Its shape has a version, and work queued by older programs must stay readable (SYNC 3.10). */
export type StoredPatch = { readonly type: EntityType; readonly patch: FieldValues; readonly seen: FieldValues };

/** Pure: turns a patch of one version into the next. */
export type Upcast = (patch: StoredPatch) => StoredPatch;

/**
 * UPCASTS[n] turns version n + 1 into n + 2. Kept for ever: a laptop may wake up after years. Version 1 is the first, so there is none yet.
 */
export const UPCASTS: readonly Upcast[] = [];

/** The version that this program writes. */
export const PATCH_SCHEMA_VERSION = UPCASTS.length + 1;

/** The patch in today's shape; null when it comes from a newer program or a step does not understand it. It is then kept and shown, never dropped. */
export function upcastPatch(
  stored: StoredPatch,
  version: number,
  steps: readonly Upcast[] = UPCASTS,
): StoredPatch | null {
  if (version < 1 || version > steps.length + 1) return null;
  try {
    return steps.slice(version - 1).reduce((patch, step) => step(patch), stored);
  } catch {
    return null;
  }
}
