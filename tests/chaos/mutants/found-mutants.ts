import type { Mutant } from './mutant.ts';

/** Bugs that the simulation found in this engine, planted again. */
export const FOUND_MUTANTS: readonly Mutant[] = [
  {
    id: 'kept-answer-believed',
    title: 'the kept answer to a repeated create brings back what is gone',
    file: 'electron/engine/sync/still-there.ts',
    find: '  return fetchRecord(eyes, at.type, { sid: answered.sid, accountSid: at.accountSid });',
    replace: '  return Promise.resolve(at.accountSid === null ? answered : answered);',
    expectedLayer: 'L2',
  },
  {
    id: 'overtaken-look-believed',
    title: 'what was read before a deletion brings the record back',
    file: 'electron/engine/sync/reconcile.ts',
    find: "if (record === null || record === 'unknown' || !repositories.tombstones.has(record.sid)) return record;",
    replace: 'if (repositories.tombstones) return record;',
    expectedLayer: 'L2',
  },
  {
    id: 'answer-forgotten-in-a-crash',
    title: 'a create whose answer the cache has is in doubt after a crash',
    file: 'electron/engine/engine.ts',
    find: '    adoptCached(repositories, clock);\n',
    replace: '',
    expectedLayer: 'L2',
  },
  {
    id: 'merged-late',
    title: 'a change that waited long for the network waits once more after a 412',
    file: 'electron/engine/sync/push-changes.ts',
    find: 'const merges = mergesInARow(repositories, change.opId);',
    replace: 'const merges = Math.max(change.attempts, mergesInARow(repositories, change.opId));',
    expectedLayer: 'L2',
  },
  {
    id: 'refused-look-forgotten',
    title: 'an account whose look was refused once is not looked at again',
    file: 'electron/engine/sync/pull.ts',
    find: "return answer.status === 403 ? 'not-permitted' : 'refused';",
    replace: "return 'not-permitted';",
    expectedLayer: 'L2',
  },
  {
    id: 'absence-ends-a-delete',
    title: 'a list without a record ends the delete that waits for it',
    file: 'electron/engine/sync/confirm-gone.ts',
    find: 'const isAsked = pending !== 0 && ',
    replace: 'const isAsked = pending > 9 && ',
    expectedLayer: 'L2',
  },
  {
    id: 'known-gone-unjudged',
    title: 'a question about the deletion of what is gone stays after a crash',
    file: 'electron/engine/engine.ts',
    find: '      judgeKnownGone({ repositories, ledger });\n',
    replace: '',
    expectedLayer: 'L2',
  },
];
