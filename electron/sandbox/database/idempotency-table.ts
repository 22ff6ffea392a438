import type { Db } from './open.ts';

type KeptAnswer = { readonly fingerprint: string; readonly answer: string };

export type IdempotencyTable = ReturnType<typeof createIdempotencyTable>;

/** Answers kept under a caller's Idempotency-Key until they expire by the sandbox's clock. */
export function createIdempotencyTable(db: Db) {
  const find = db.prepare<[string, string, number], KeptAnswer>(
    'SELECT fingerprint, answer FROM idempotency WHERE actor = ? AND key = ? AND expires_at > ?',
  );
  const keep = db.prepare<[string, string, string, string, number]>(
    'INSERT OR REPLACE INTO idempotency (actor, key, fingerprint, answer, expires_at) VALUES (?, ?, ?, ?, ?)',
  );
  return {
    find: (actor: string, key: string, now: number): KeptAnswer | undefined => find.get(actor, key, now),
    keep: (actor: string, key: string, kept: KeptAnswer & { readonly expiresAt: number }): void => {
      keep.run(actor, key, kept.fingerprint, kept.answer, kept.expiresAt);
    },
  };
}
