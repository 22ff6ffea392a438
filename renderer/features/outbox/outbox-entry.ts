import type { OutputFor } from '../../client/operation-types.ts';

/** One queued change, and one upload, as the outbox lists them. */
export type Change = OutputFor<'outbox.list'>['changes'][number];
export type Batch = OutputFor<'outbox.list'>['batches'][number];
/** How many changes stand above it that have to go first. */
export type NestedChange = Change & { readonly depth: number };
