import { EMPTY_VALUES } from '../../electron/engine/domain/import-row-state.ts';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { CACHE_MIGRATIONS } from '../../electron/engine/database/migrations/cache.ts';
import { JOURNAL_MIGRATIONS } from '../../electron/engine/database/migrations/journal.ts';
import { createRepositories, type Repositories } from '../../electron/engine/database/repositories.ts';
import { openStore } from '../../electron/engine/database/store.ts';
import { systemClock } from '../../electron/engine/runtime/clock.ts';
import { anAccountOf, aStoredUserOf } from '../harness/builders.ts';
import { recordingStore, type Ran } from '../harness/recording-store.ts';
import { aFolder } from '../harness/start-engine.ts';

const ran: Ran[] = [];

function open(): { repositories: Repositories; plans: () => readonly string[] } {
  const folder = aFolder();
  const cache = openStore('cache', join(folder, 'cache.db'), CACHE_MIGRATIONS);
  const journal = openStore('journal', join(folder, 'journal.db'), JOURNAL_MIGRATIONS);
  const repositories = createRepositories(recordingStore(cache, ran), recordingStore(journal, ran), systemClock);
  cache.write((tx) => {
    repositories.accounts.putLocal(tx, 'account-1', anAccountOf('Large'), 0);
    const users = Array.from({ length: 10_000 }, (_, index) => ({
      lid: `user-${index}`,
      fields: aStoredUserOf(`Person${index}`, { extension: String(index) }),
      pending: 0 as const,
    }));
    repositories.users.putLocal(tx, 1, users);
  });
  ran.length = 0;
  const plans = (): readonly string[] => {
    const reads = ran.splice(0).filter(({ source }) => /^\s*(?:--.*\s*)*SELECT/u.test(source));
    expect(reads.length).toBeGreaterThan(0);
    return reads.flatMap(({ source, values }) => {
      const store = /\b(?:users|users_fts|accounts|cursor)\b/u.test(source) ? cache : journal;
      const steps = store.sql.prepare<unknown[], { detail: string }>(`EXPLAIN QUERY PLAN ${source}`).all(...values);
      return steps.map(({ detail }) => detail);
    });
  };
  return { repositories, plans };
}

/** A table that is read from end to end; the queue is, by design, by an index of nothing but what may go. */
function scans(plan: readonly string[]): readonly string[] {
  return plan.filter((step) =>
    /^SCAN (?:users|u|outbox|o|earlier|import_items|i|idmap|m|op_dep|d)\b(?! USING INDEX outbox_ready)/u.test(step),
  );
}

test.each(['before', 'after'])(
  'BIL-3: licenses are counted in an index, without the rows of their users, %s ANALYZE',
  (when) => {
    const { repositories, plans } = open();
    if (when === 'after') repositories.cache.sql.exec('ANALYZE');
    repositories.users.licensed(1);
    const steps = plans().toSorted();
    expect(steps).toEqual(
      [
        'SEARCH users USING COVERING INDEX users_mitel_one (account=?)',
        'SEARCH users USING COVERING INDEX users_miteam_meetings (account=?)',
        // The few whom the cloud has refused.
        'SEARCH users USING INDEX users_refused (account=?)',
      ].toSorted(),
    );
  },
);

test.each(['before', 'after'])(
  'USR-1: a page, a search and the check of an address look up an index in a large account %s ANALYZE',
  (when) => {
    const { repositories, plans } = open();
    if (when === 'after') repositories.cache.sql.exec('ANALYZE');
    const { users } = repositories;
    users.page(1, '', { offset: 4000, limit: 100 });
    const page = plans().filter((step) => !step.startsWith('SEARCH users '));
    expect(page).toEqual(['SEARCH u USING INDEX users_name (account=? AND name_key>?)']);

    users.page(1, 'pe', { offset: 0, limit: 100 });
    const short = plans();
    expect(scans(short)).toEqual([]);
    expect(short.join('\n')).toMatch(
      /users_name \(account=\? AND name_key>\? AND name_key<\?\)[^]*users_email[^]*users_extension/u,
    );

    for (const [text, way] of [
      ['person12', 'SEARCH u USING INTEGER PRIMARY KEY'],
      ['person1', 'SEARCH u USING COVERING INDEX users_name (account=?)'],
      ['person', 'SEARCH u USING INDEX users_name (account=?)'],
    ] as const) {
      users.page(1, text, { offset: 0, limit: 100 });
      const long = plans();
      expect(scans(long)).toEqual([]);
      // The sign of the range: without it every account's matches are read.
      expect(long.filter((step) => step.startsWith('SCAN users_fts')).every((step) => /:M\d+><$/u.test(step))).toBe(
        true,
      );
      expect(long).toContainEqual(expect.stringContaining(way));
    }

    users.findByEmails(1, ['person7@new.example', 'nobody@new.example']);
    expect(plans().join('\n')).toMatch(/SEARCH u USING INDEX users_email \(account=\? AND email_key=\?\)/u);
  },
);

test.each(['before', 'after'])(
  'SYNC 5.3: the next changes come from the index of what may go, without sorting the queue, %s ANALYZE',
  (when) => {
    const { repositories, plans } = open();
    const { outbox, uploads, uploadRows, journal } = repositories;
    journal.write((tx) => {
      for (let index = 0; index < 2000; index += 1) {
        const base = {
          groupId: 'g',
          actor: 'a',
          type: 'user',
          accountLid: 'account-1',
          kind: 'patch',
          patch: {},
          seen: {},
        } as const;
        outbox.enqueue(tx, {
          ...base,
          opId: `op-${index}`,
          lid: `user-${index}`,
          schemaVersion: 1,
          idemKey: `k-${index}`,
          createdAt: '',
          needs: [],
        });
      }
    });
    if (when === 'after') journal.sql.exec('ANALYZE');
    ran.length = 0;
    expect(outbox.ready('a', 1, 100)).toHaveLength(100);
    const ready = plans();
    expect(scans(ready)).toEqual([]);
    expect(ready.join('\n')).not.toContain('TEMP B-TREE');
    outbox.lane('user-7');
    outbox.dependants('user-7');
    uploads.ready('i', 1, 100);
    uploads.unsent('i', 0, 100);
    expect(scans(plans())).toEqual([]);
    for (const slice of uploadRows.outcomes('i')) expect(slice).toEqual([]);
    expect(plans().map((step) => step.replace(/USING .*(?=\(import_id)/u, ''))).toEqual([
      'SEARCH import_items (import_id=? AND row>?)',
      'SEARCH import_changes (import_id=? AND row>?)',
    ]);
  },
);

test.each(['before', 'after'])(
  'IMP-9: a page of the results reads its own rows, in the order of an index, and counts no row that a counter knows, %s ANALYZE',
  (when) => {
    const { repositories, plans } = open();
    const { uploads, uploadRows, journal } = repositories;
    const batch = { importId: 'i', actor: 'a', accountLid: 'account-1', fileName: 'people.csv', createdAt: '' };
    const values = { ...EMPTY_VALUES, role: 'USER' };
    journal.write((tx) => {
      uploads.open(tx, batch);
      const rows = Array.from({ length: 2000 }, (_, index) => index + 1);
      uploads.enqueue(
        tx,
        'i',
        rows.map((row) => ({ row, lid: `lid-${row}`, emailKey: '', sourceRow: row, values })),
      );
      const settled = { reason: '', serverMessage: '', correlationId: '', nextAt: 0 } as const;
      uploads.settle(
        tx,
        'i',
        rows.slice(0, 1000).map((row) => ({ row, state: row % 2 ? 'sent' : 'refused', ...settled })),
      );
      uploadRows.markVisible(tx, ['lid-1', 'lid-3', 'lid-5']);
    });
    if (when === 'after') journal.sql.exec('ANALYZE');
    const byState = (table: string): string =>
      `SEARCH ${table} USING COVERING INDEX ${table}_state (import_id=? AND state=? AND row>?)`;
    const keyed = (table: string): RegExp =>
      new RegExp(String.raw`^SEARCH ${table} .*\(import_id=\?.* AND row>\?\)$`, 'u');
    for (const [filter, items, changes] of [
      ['waiting', 3, 1],
      ['sent', 1, 1],
      ['refused', 1, 2],
    ] as const) {
      ran.length = 0;
      expect(uploadRows.page('i', filter, { offset: 0, limit: 100 }).rows).toHaveLength(100);
      const plan = plans();
      expect(plan.filter((step) => step === byState('import_items'))).toHaveLength(items);
      expect(plan.filter((step) => step === byState('import_changes'))).toHaveLength(changes);
      expect(scans(plan)).toEqual([]);
      expect(plan.join('\n')).not.toContain('TEMP B-TREE');
    }
    for (const filter of ['all', 'visible'] as const) {
      ran.length = 0;
      expect(uploadRows.page('i', filter, { offset: 0, limit: 3 }).rows).toHaveLength(3);
      const plan = plans();
      expect(plan.filter((step) => keyed('import_items').test(step))).toHaveLength(1);
      expect(plan.filter((step) => keyed('import_changes').test(step))).toHaveLength(1);
      expect(plan.join('\n')).not.toContain('TEMP B-TREE');
    }
    uploads.get('i');
    uploadRows.unseenCount('i');
    // What nobody has seen yet is an index of its own, as small as that.
    expect(plans().filter((step) => step.startsWith('SCAN'))).toEqual([
      'SCAN CONSTANT ROW',
      'SCAN import_items USING COVERING INDEX import_items_unseen',
      'SCAN import_changes USING COVERING INDEX import_changes_unseen',
    ]);
  },
);
