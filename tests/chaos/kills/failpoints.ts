/**
 * Named places to die at (SYNC 4.2, L3). They are put into the engine's source while the victim is bundled; the product knows nothing
 * of them. An anchor must be there exactly once, so that a change of the source cannot silently disarm one. Further places (steps of a
 * migration, a backup) are lines of this list.
 */
export type Failpoint = {
  readonly name: string;
  /** Below electron/engine. */
  readonly file: string;
  readonly anchor: string;
  readonly where: 'before' | 'after';
  /** How often it is passed in one life; which of them dies is drawn. */
  readonly passes: number;
};

const PUSH = 'sync/push-changes.ts';
const UPLOADS = 'sync/push-uploads.ts';
const KEEP = 'sync/keep-rows.ts';
const LEDGER = 'sync/change-ledger.ts';

export const FAILPOINTS: readonly Failpoint[] = [
  point('create before commit', 'sync/enqueue.ts', 'patch: fields, seen: {} }, [accountLid]);', 'after', 12),
  point(
    'create after commit',
    'sync/enqueue.ts',
    'showIfRoom(() => project(repositories, type, lid));\n      wake();\n      return lid;',
    'before',
    12,
  ),
  point('create after projection', 'sync/enqueue.ts', 'wake();\n      return lid;', 'before', 12),
  point(
    'edit before commit',
    'sync/enqueue.ts',
    "noteChange(here, tx, { ...last, ...grown }, { event: 'coalesced' });",
    'after',
    4,
  ),
  point(
    'edit after commit',
    'sync/enqueue.ts',
    'project(repositories, type, lid);\n      wake();\n      return opId;',
    'before',
    6,
  ),
  point('before mark inflight', PUSH, 'context.ledger.markInflight(', 'before', 3),
  point('mark inflight before commit', LEDGER, '            attempts: change.attempts + 1,\n          });', 'after', 4),
  point('after mark inflight', PUSH, 'const answers = await sendGroup(', 'before', 3),
  point('response read', 'remote/cloud-client.ts', 'return read(answer);', 'before', 12),
  point('before settle', PUSH, 'const settlement = settleChange(', 'before', 6),
  point('acknowledge cache before commit', LEDGER, 'entity.remove(tx, repositories, change.lid);\n', 'after', 6),
  point('acknowledge between cache and journal', LEDGER, 'journal.write((tx) => {\n        if (record &&', 'before', 6),
  point('acknowledge journal before commit', LEDGER, 'outbox.remove(tx, change.opId);\n', 'after', 6),
  point(
    'acknowledge after journal',
    LEDGER,
    'project(repositories, change.type, change.lid);\n    },\n    rebase',
    'before',
    6,
  ),
  point('after rebase', LEDGER, "overlay, versionWatch(tx, here, 'there'));\n      });\n", 'after', 1),
  point('rows before mark inflight', UPLOADS, 'journal.write((tx) =>\n      uploads.markInflight(', 'before', 2),
  point('rows after mark inflight', UPLOADS, 'const { outcomes, isPushedBack } = await sender.send(', 'before', 2),
  point('rows before record', UPLOADS, 'await keeper.keep(batch, rowid, { items, outcomes });', 'before', 2),
  point('rows cache before commit', KEEP, 'for (const item of refused) {', 'before', 2),
  point(
    'rows between cache and journal',
    KEEP,
    'journal.write((tx) => {\n      for (const { batch, items, outcomes, listed } of answers)',
    'before',
    2,
  ),
  point('rows journal before commit', KEEP, 'const rows = sent.map(({ item }) => item.row);', 'before', 2),
  point('rows after journal', KEEP, '    kept();\n  }\n\n  function show(', 'before', 2),
  point(
    'cursor before commit',
    'sync/pull.ts',
    'if (step === steps - 1) cursors.save(tx, scope.key, cursor);',
    'before',
    3,
  ),
  point(
    'cursor saved, before commit',
    'sync/pull.ts',
    'if (step === steps - 1) cursors.save(tx, scope.key, cursor);',
    'after',
    3,
  ),
  point('cursor after commit', 'sync/pull.ts', 'adopt(repositories, clock, adoptions);', 'before', 3),
  point('adopt before commit', 'sync/adopt.ts', 'outbox.remove(tx, create.opId);', 'after', 1),
  point('listing finished, before sweep', 'sync/pull.ts', 'const gone = scope.unseen(cursor.gen);', 'before', 2),
  point('token before it is kept', 'sync/session.ts', 'await vault.save(refreshToken);', 'before', 1),
  point('token after it is kept', 'sync/session.ts', 'await vault.save(refreshToken);', 'after', 1),
  point(
    'revive before commit',
    'engine.ts',
    'repositories.jobs.closeInterrupted(tx, isoTime(clock.now()));',
    'after',
    1,
  ),
  point('migration step before commit', 'database/migrate.ts', 'step.up(sql);', 'after', 3),
  point('migration step after commit', 'database/migrate.ts', '.immediate();', 'after', 3),
  point('checkpoint before', 'database/store.ts', "sql.pragma('optimize');", 'before', 2),
  point('checkpoint after', 'database/store.ts', '} finally {\n        sql.close();', 'after', 2),
];

/** Known by the victim itself, from the HTTP client's own channels. */
export const NETWORK_FAILPOINTS = ['request written', 'response headers read'] as const;

function point(
  ...[name, file, anchor, where, passes]: [string, string, string, Failpoint['where'], number]
): Failpoint {
  return { name, file, anchor, where, passes };
}

/** The source of one file with its failpoints in it. A seeded bug may stand where an anchor was; that one is left out then. */
export function armed(file: string, source: string, how: 'all' | 'where-possible' = 'all'): string {
  const calls = FAILPOINTS.filter(({ file: home }) => home === file).flatMap(({ name, anchor, where }) => {
    const found = source.split(anchor).length - 1;
    if (found !== 1 && how === 'where-possible') return [];
    if (found !== 1) throw new Error(`failpoint “${name}”: its anchor is in ${file} ${found} times`);
    const at = source.indexOf(anchor) + (where === 'after' ? anchor.length : 0);
    return [{ at, code: `\nglobalThis.failpoint?.(${JSON.stringify(name)});\n` }];
  });
  return calls
    .toSorted((a, b) => b.at - a.at)
    .reduce((code, call) => code.slice(0, call.at) + call.code + code.slice(call.at), source);
}

export const FILES: readonly string[] = [...new Set(FAILPOINTS.map(({ file }) => file))];
