import { z } from 'zod';
import { instant } from '../model/ids.ts';
import { query } from '../rpc/operation.ts';
import { command } from './refusals.ts';

const store = z.enum(['cache', 'journal']);

/** OFF-5: a damaged file was set aside and replaced. What became of the work in it, and where the old file lies. */
const rescue = z.strictObject({
  id: z.string(),
  at: instant,
  store,
  cause: z.enum([
    'not-a-database',
    'damaged',
    'unreadable',
    'empty',
    'missing',
    'cut-short',
    'log-damaged',
    'older-than-backup',
    'migration-failed',
    'asked-for',
  ]),
  /** Changes and rows of imports that wait, all of them there. */
  changeCount: z.int().nonnegative(),
  /** Of these, such as may have been sent before: the cloud is asked first. */
  uncertainCount: z.int().nonnegative(),
  /** Changes the history speaks of and no file holds any more. */
  lostCount: z.int().nonnegative(),
  draftCount: z.int().nonnegative(),
  /** From this entry on the change history does not follow the one before; null when it is whole. */
  auditBrokenAt: z.int().nullable(),
  folder: z.string(),
  isAcknowledged: z.boolean(),
});

const warning = z.strictObject({
  id: z.string(),
  kind: z.enum(['synced-folder', 'network-folder', 'no-reserve', 'failing-disk']),
  detail: z.string(),
  isAcknowledged: z.boolean(),
});

const soundness = z.enum(['sound', 'rescued']);

export const storage = {
  /** What this computer keeps, whether it is sound, and what had to be rescued. */
  state: query({
    input: z.strictObject({}),
    output: z.strictObject({
      folder: z.string(),
      cacheBytes: z.int().nonnegative(),
      journalBytes: z.int().nonnegative(),
      backupBytes: z.int().nonnegative(),
      backupCount: z.int().nonnegative(),
      quarantineBytes: z.int().nonnegative(),
      /** Null where the system does not say. */
      freeBytes: z.number().nonnegative().nullable(),
      lastBackupAt: instant.nullable(),
      lastCheckAt: instant.nullable(),
      isChecking: z.boolean(),
      /** Nothing can be saved, and nothing is fetched, until there is room again. */
      isDiskFull: z.boolean(),
      /** Newest first. */
      rescues: z.array(rescue),
      warnings: z.array(warning),
    }),
  }),
  /** Reads both files from end to end; what is damaged is rescued at once. */
  verify: command({
    input: z.strictObject({}),
    output: z.strictObject({ cache: soundness, journal: soundness }),
    permission: null,
    refusals: [],
  }),
  /** Sets the copy of the cloud's records aside and fetches them again. Changes, drafts and local ids stay. */
  rebuildCache: command({ input: z.strictObject({}), output: z.strictObject({}), permission: null, refusals: [] }),
  /** The person has read it. */
  acknowledge: command({
    input: z.strictObject({ id: z.string().max(200) }),
    output: z.strictObject({}),
    permission: null,
    refusals: [],
  }),
};
