import type { OutputFor } from '../../client/operation-types.ts';

/** What Upload has queued, as the engine describes it. */
export type Upload = NonNullable<OutputFor<'uploads.get'>>;
