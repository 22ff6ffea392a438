import type { Store, Tx } from './store.ts';

/** How an upload goes (IMP-8): the first rows alone, and no further after so many equal failures. 0: not at all. */
export type Pace = { readonly canary: number; readonly stopAfter: number };
/** Why an upload stands without a person's word. */
export type StopReason = 'canary' | 'equal-failures' | 'not-permitted';

export type UploadPace = {
  /** Counts from what has become of the upload so far. */
  setPace(tx: Tx<'journal'>, importId: string, pace: Pace): void;
  /** The first rows went well: the others follow. */
  endCanary(tx: Tx<'journal'>, importId: string): void;
  /** `reason` '': a person said so. Going on means that the person has seen what failed. */
  setPaused(tx: Tx<'journal'>, importId: string, isPaused: boolean, reason?: StopReason | ''): void;
  /** Refused rows by reason, the most frequent first. */
  failures(importId: string): readonly { readonly reason: string; readonly count: number }[];
};

export function createUploadPace(sql: Store<'journal'>['sql']): UploadPace {
  const pace = sql.prepare(/* sql */ `
    UPDATE import_batches SET stop_after = ?, canary_until = iif(? = 0, 0, sent_count + refused_count + asked_count + ?),
      canary_failed = refused_count + asked_count WHERE import_id = ?`);
  const endCanary = sql.prepare('UPDATE import_batches SET canary_until = 0 WHERE import_id = ?');
  const pause = sql.prepare('UPDATE import_batches SET is_paused = 1, pause_reason = ? WHERE import_id = ?');
  const resume = sql.prepare(/* sql */ `
    UPDATE import_batches SET is_paused = 0, pause_reason = '', canary_until = 0, failed_before = ? WHERE import_id = ?`);
  const failures = sql.prepare<[string, string], { reason: string; count: number }>(/* sql */ `
    SELECT reason, count(*) AS count FROM (
      SELECT reason FROM import_items WHERE import_id = ? AND state = 'refused'
      UNION ALL SELECT reason FROM import_changes WHERE import_id = ? AND state = 'refused')
    GROUP BY reason ORDER BY 2 DESC, 1`);

  return {
    setPace: (_tx, importId, { canary, stopAfter }) => void pace.run(stopAfter, canary, canary, importId),
    endCanary: (_tx, importId) => void endCanary.run(importId),
    setPaused(_tx, importId, isPaused, reason = '') {
      if (isPaused) pause.run(reason, importId);
      else resume.run(failures.get(importId, importId)?.count ?? 0, importId);
    },
    failures: (importId) => failures.all(importId, importId),
  };
}
