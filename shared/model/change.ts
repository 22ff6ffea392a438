import { z } from 'zod';

/** A value of a field: text, or a list of texts. */
export const fieldValue = z.union([z.string(), z.array(z.string())]);

/** Kinds of records a change can be about. */
export const recordType = z.enum(['account', 'user']);

/** What happens next with a change that waits, and who has to do it (SYNC 3.2, rule 5). */
export const nextAction = z.enum([
  /** It is sent with the next request. */
  'sends-next',
  /** It is under way. */
  'under-way',
  /** It is sent when the network is back. */
  'waits-for-network',
  /** "Work offline" is on. */
  'waits-for-online',
  /** The same request is repeated at `nextAttemptAt`. */
  'repeats-at',
  /** Nobody knows whether it arrived: the cloud is asked first. */
  'asks-first',
  /** It needs a valid sign-in. */
  'waits-for-sign-in',
  /** Another record has to exist first. */
  'waits-for-other',
  /** An earlier change of the same record goes first. */
  'waits-behind',
  /** A person decides between two versions. */
  'decide',
  /** A person corrects it, retries it or takes it back. */
  'correct',
]);
export type NextAction = z.output<typeof nextAction>;
