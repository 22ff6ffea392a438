import type { Mutant } from './mutant.ts';

const MERGE = 'electron/engine/domain/merge.ts';
const PULL = 'electron/engine/sync/pull.ts';

/** Bugs of lists, of second words, of deletes, and of what a person decides. */
export const DECIDING_MUTANTS: readonly Mutant[] = [
  {
    id: 'list-replaced',
    title: 'a list is replaced instead of merged',
    file: MERGE,
    find: '  const kept = now.filter((value) => !removed.has(value));',
    replace: '  const kept = now.filter((value) => mine.includes(value) && !removed.has(value));',
    expectedLayer: 'L2',
  },
  {
    id: 'asks-ignored',
    title: 'a role is raised on a record that moved, without a second word',
    file: MERGE,
    find: "return isAsking && hasMoved ? 'confirm' : 'send';",
    replace: "return isAsking && hasMoved ? 'send' : 'send';",
    expectedLayer: 'L2',
  },
  {
    id: 'delete-without-look',
    title: 'a record is deleted although it is not the one that was seen',
    file: 'electron/engine/sync/change-request.ts',
    find: 'if (movedFields(change.seen, base.fields).length > 0)',
    replace: 'if (movedFields(change.seen, base.fields).length > 99)',
    expectedLayer: 'L2',
  },
  {
    id: 'delete-of-the-edited',
    title: 'a delete forgets what was seen below the edits it replaces',
    file: 'electron/engine/sync/enqueue.ts',
    find: 'seen: { ...seen, ...first } }, [lid]);',
    replace: 'seen }, [lid]);',
    expectedLayer: 'L2',
  },
  {
    id: 'own-answer-asks',
    title: 'what a request under way will have changed counts as what the cloud has',
    file: 'electron/engine/sync/enqueue.ts',
    find: '!isMoving(field) && ',
    replace: '',
    expectedLayer: 'L2',
  },
  {
    id: 'dropped-field-sent',
    title: 'a field that was dropped after a push-back is in the request all the same',
    file: 'electron/engine/sync/drop-fields.ts',
    find: "...(change.state === 'queued' && change.sentBody === null ? {} : freshRequest(identifiers)),",
    replace: "...(change.state === 'queued' ? {} : freshRequest(identifiers)),",
    expectedLayer: 'L2',
  },
  {
    id: 'mine-is-blind',
    title: '"mine" overwrites whatever comes after the decision',
    file: 'electron/engine/sync/resolve-conflict.ts',
    find: 'requeue(desk, change, { patch, seen });',
    replace: 'requeue(desk, change, { patch, seen: {} });',
    expectedLayer: 'L2',
  },
  {
    id: 'mine-on-old-base',
    title: '"mine" stays on the base that was lost',
    file: 'electron/engine/sync/retry.ts',
    find: '{ ...freshRequest(identifiers), seen: seenNow(repositories, change) }',
    replace: '{ ...freshRequest(identifiers), seen: change.seen }',
    expectedLayer: 'L2',
  },
  {
    id: 'back-from-the-dead',
    title: 'an answer brings back a record that was seen to be gone',
    file: 'electron/engine/sync/change-ledger.ts',
    find: "if (record && (change.kind !== 'patch' || entity.base(repositories, change.lid)))",
    replace: 'if (record)',
    // Where the deletion itself was heard of, the answer is not believed to begin with.
    also: {
      file: 'electron/engine/sync/push-changes.ts',
      find: "  if (context.repositories.tombstones.has(record.sid)) return 'gone';\n",
      replace: '',
    },
    expectedLayer: 'L2',
  },
  {
    id: 'cursor-with-first-slice',
    title: 'a cursor is kept with the first slice of its page',
    file: PULL,
    find: 'cache.write((tx) => {\n        const watch',
    replace:
      'cache.write((tx) => {\n        if (bodies.length > 1) { cursors.save(tx, scope.key, cursor); bodies = bodies.slice(0, 1); }\n        const watch',
    expectedLayer: 'L2',
  },
  {
    id: 'everything-dropped',
    title: 'with one field all others of a change are dropped',
    file: 'electron/engine/sync/drop-fields.ts',
    find: '.filter(([field]) => !dropped.has(field))',
    replace: '.filter(([field], index) => !dropped.has(field) && index === 0)',
    expectedLayer: 'L2',
  },
  {
    id: 'quiet-accounts-missed',
    title: 'the place in the feed is kept before what it names was fetched',
    file: 'electron/engine/sync/scheduler.ts',
    find: 'const result = await pullAll(signal, news.accounts);',
    replace: 'news.remember();\n    const result = await pullAll(signal, news.accounts);',
    expectedLayer: 'L2',
  },
];
