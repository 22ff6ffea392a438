/** Entity types the queue knows, and what sync must know of each. A new type takes one entry here and one in `sync/`. */
export const ENTITY_TYPES = ['account', 'user'] as const;
export type EntityType = (typeof ENTITY_TYPES)[number];

/** SYNC 3.2, as stored. `blocked` and `auth-wait` are not stored: they follow from the queue and the session. */
export const STORED_STATES = ['queued', 'inflight', 'unknown', 'waiting', 'conflict', 'quarantine'] as const;
export type StoredState = (typeof STORED_STATES)[number];

/** Reasons a change stands; each has a sentence in `renderer/text`. */
export const CHANGE_REASONS = [
  '',
  'depends-on-other',
  'answer-lost',
  'cloud-busy',
  'cloud-broken',
  'not-permitted',
  'not-accepted',
  'already-in-use',
  'gone-on-server',
  'changed-on-server',
  'needs-confirmation',
  'not-readable',
  'from-rescue',
  're-enter-secret',
] as const;
export type ChangeReason = (typeof CHANGE_REASONS)[number];
