import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CACHE_MIGRATIONS } from '../../electron/engine/database/migrations/cache.ts';
import { JOURNAL_MIGRATIONS } from '../../electron/engine/database/migrations/journal.ts';
import { createRepositories } from '../../electron/engine/database/repositories.ts';
import type { Repositories } from '../../electron/engine/database/repositories.ts';
import { openStore } from '../../electron/engine/database/store.ts';
import { createImportDesk } from '../../electron/engine/imports/import-desk.ts';
import type { ImportDesk } from '../../electron/engine/imports/import-desk-port.ts';
import { createJobTracker } from '../../electron/engine/jobs/job-tracker.ts';
import { systemClock } from '../../electron/engine/runtime/clock.ts';
import { createRecorder } from '../../electron/engine/sync/enqueue.ts';
import { projectUsers } from '../../electron/engine/sync/projection.ts';
import { createIdentifiers } from '../../electron/engine/runtime/identifiers.ts';
import { randomBytes } from 'node:crypto';
import type { ImportRow } from '../../shared/model/import-row.ts';
import { NO_USER_FIELDS, type UserFields } from '../../shared/model/user.ts';
import { READER_ENTRY } from './read-file.ts';

export const ACCOUNT = '01900000-0000-7000-8000-000000000001';
const NO_SIGNAL = new AbortController().signal;

export type DeskHarness = {
  readonly desk: ImportDesk;
  readonly repositories: Repositories;
  readonly folder: string;
  /** Writes a file and opens it; the id of the preview. */
  open(content: string | Buffer, name?: string): Promise<string>;
  /** Ends the desk and begins anew with the same files, as after a crash. */
  restart(): DeskHarness;
  close(): void;
};

export function startDesk(
  folder = mkdtempSync(join(tmpdir(), 'fieldlink-desk-')),
  readerEntry = READER_ENTRY,
): DeskHarness {
  const clock = systemClock;
  const cache = openStore('cache', join(folder, 'cache.db'), CACHE_MIGRATIONS);
  const journal = openStore('journal', join(folder, 'journal.db'), JOURNAL_MIGRATIONS);
  const repositories = createRepositories(cache, journal, clock);
  const identifiers = createIdentifiers(clock, (count) => randomBytes(count));
  const jobs = createJobTracker({ jobs: repositories.jobs, journal, clock, identifiers, changed: () => undefined });
  const recorder = createRecorder({ repositories, clock, identifiers, actor: () => 'pat', wake: () => undefined });
  const desk = createImportDesk({
    ...{ repositories, clock, identifiers, jobs, readerEntry },
    userChanges: {
      queue: (...row) => recorder.queueRow(...row),
      show: (lids) => projectUsers(repositories, lids),
    },
    host: { fileOf: (grant) => (grant === 'none' ? null : grant) },
    actor: () => 'pat',
    changed: () => undefined,
    wake: () => undefined,
  });
  if (!repositories.accounts.key(ACCOUNT)) addAccount(repositories);
  const stop = (): void => {
    cache.close();
    journal.close();
  };
  return {
    desk,
    repositories,
    folder,
    async open(content, name = 'users.csv') {
      const path = join(folder, name);
      writeFileSync(path, content);
      const outcome = await desk.open({ accountLid: ACCOUNT, grant: path }, NO_SIGNAL);
      if (!outcome.ok) throw new Error(`refused: ${outcome.refusal.code}`);
      return outcome.value.id;
    },
    restart() {
      stop();
      return startDesk(folder, readerEntry);
    },
    close() {
      stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export async function allRows(desk: ImportDesk, id: string): Promise<readonly ImportRow[]> {
  return (await desk.rows({ id, filter: 'all', offset: 0, limit: 200 })).rows;
}

/** Each row as `row: codes`, for short expectations. */
export async function issuesOf(desk: ImportDesk, id: string): Promise<readonly string[]> {
  const rows = await allRows(desk, id);
  return rows.map((row) => `${row.sourceRow ?? '+'}: ${row.issues.map((issue) => issue.code).join(' ')}`.trim());
}

export function addUser(
  repositories: Repositories,
  user: { readonly lid: string; readonly sid: string | null; readonly fields: Partial<UserFields> },
): void {
  const home = repositories.accounts.key(ACCOUNT);
  if (!home) throw new Error('no account');
  const fields: UserFields = {
    ...NO_USER_FIELDS,
    role: 'USER',
    ...user.fields,
  };
  repositories.cache.write((tx) => {
    if (user.sid === null) {
      repositories.users.putLocal(tx, home.rowid, [{ lid: user.lid, fields, pending: 1 }]);
      return;
    }
    const record = {
      ...{ sid: user.sid, etag: null, rev: 1, externalRef: null, createdAt: null, modifiedAt: null, modifiedBy: '' },
      ...{ fields, accountSid: 'a', source: 'ACCOUNTS', isRegistered: true },
    };
    repositories.users.applyServer(tx, home.rowid, [{ record, lid: user.lid, overlay: null }], 1);
  });
}

function addAccount(repositories: Repositories): void {
  repositories.cache.write((tx) =>
    repositories.accounts.putLocal(
      tx,
      ACCOUNT,
      {
        ...{ name: 'Harbour Ltd', country: 'GB', street: '1 Quay', city: 'Port', stateOrProvince: '', zipCode: 'P1' },
        ...{ languageCode: 'en', businessType: 'Retail', supportContacts: [] },
      },
      1,
    ),
  );
}
