import { z } from 'zod';

/**
 * Local ids are UUIDv7, made on this laptop and permanent (SYNC 3.4): nothing is rewritten when the server's id arrives.
 * Server ids never leave the engine except where a screen shows them (Account ID).
 */
export const accountId = z.uuid().brand<'AccountId'>();
export type AccountId = z.output<typeof accountId>;
export const userId = z.uuid().brand<'UserId'>();
export type UserId = z.output<typeof userId>;
export const importId = z.uuid().brand<'ImportId'>();
export type ImportId = z.output<typeof importId>;
export const jobId = z.uuid().brand<'JobId'>();
export type JobId = z.output<typeof jobId>;
/** One queued change. */
export const changeId = z.uuid().brand<'ChangeId'>();
export type ChangeId = z.output<typeof changeId>;
/** A file the person chose in a dialog or dropped on the window; the page never names a path. */
export const fileGrant = z.string().min(1).max(100).brand<'FileGrant'>();
export type FileGrant = z.output<typeof fileGrant>;

/** An instant in ISO 8601, UTC. */
export const instant = z.iso.datetime();
