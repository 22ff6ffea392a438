import { z } from 'zod';
import { accountId, importId, instant, jobId } from './ids.ts';

export const JOB_KINDS = ['sync-accounts', 'sync-users', 'import-read', 'import-send', 'template'] as const;
export const jobKind = z.enum(JOB_KINDS);
export const jobState = z.enum(['queued', 'running', 'paused', 'waiting', 'done', 'failed', 'cancelled']);
export type JobState = z.output<typeof jobState>;

/** One line of the activity drawer (SHL-5). */
export const job = z.strictObject({
  id: jobId,
  kind: jobKind,
  state: jobState,
  accountId: accountId.nullable(),
  accountName: z.string(),
  importId: importId.nullable(),
  /** The file, the scope: what the job works on, in the user's words. */
  subject: z.string(),
  doneCount: z.int().nonnegative(),
  /** Null while it is not known. */
  totalCount: z.int().nonnegative().nullable(),
  /** Units per second over the last seconds; null when it stands still. */
  rate: z.number().nonnegative().nullable(),
  etaSeconds: z.number().nonnegative().nullable(),
  /** Items that need a person. */
  problemCount: z.int().nonnegative(),
  /** Why it waits or failed, as a code with a sentence in `renderer/text`. '' when there is nothing to say. */
  reason: z.string(),
  detail: z.string(),
  startedAt: instant,
  finishedAt: instant.nullable(),
  canPause: z.boolean(),
  canCancel: z.boolean(),
});
export type Job = z.output<typeof job>;
