import { z } from 'zod';
import { jobId } from '../model/ids.ts';
import { job } from '../model/job.ts';
import { query } from '../rpc/operation.ts';
import { command } from './refusals.ts';

const target = z.strictObject({ id: jobId });

/** SHL-5: every long piece of work. Jobs survive a restart. */
export const jobs = {
  list: query({
    input: z.strictObject({ limit: z.int().positive().max(100).default(50) }),
    output: z.strictObject({ jobs: z.array(job), activeCount: z.int().nonnegative() }),
  }),
  pause: command({
    input: target,
    output: z.strictObject({}),
    permission: null,
    refusals: ['job.not-found', 'job.not-possible'],
  }),
  resume: command({
    input: target,
    output: z.strictObject({}),
    permission: null,
    refusals: ['job.not-found', 'job.not-possible'],
  }),
  cancel: command({
    input: target,
    output: z.strictObject({}),
    permission: null,
    refusals: ['job.not-found', 'job.not-possible'],
  }),
  /** Removes finished jobs from the list. */
  clear: command({ input: z.strictObject({}), output: z.strictObject({}), permission: null, refusals: [] }),
};
