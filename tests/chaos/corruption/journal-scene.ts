import { EMPTY_VALUES } from '../../../electron/engine/domain/import-row-state.ts';
import { cpSync } from 'node:fs';
import { createImportRepository } from '../../../electron/engine/database/import-repository.ts';
import { createRepositories, type Repositories } from '../../../electron/engine/database/repositories.ts';
import { createJournalBackup } from '../../../electron/engine/database/safety/journal-backup.ts';
import { closeProfile, openProfile } from '../../../electron/engine/database/safety/open-profile.ts';
import type { NotedChange } from '../../../electron/engine/sync/change-note.ts';
import { createIdentifiers, type Identifiers } from '../../../electron/engine/runtime/identifiers.ts';
import { createManualClock } from '../../harness/manual-clock.ts';
import { seededBytes } from '../../harness/seeded-random.ts';

/** What the person was told is saved, and what became of it before the damage. */
export type Edit = {
  readonly opId: string;
  readonly patch: Readonly<Record<string, string>>;
  readonly fate: 'waiting' | 'sent' | 'undone';
};
export type ImportRow = {
  readonly importId: string;
  readonly row: number;
  readonly email: string;
  readonly isSent: boolean;
};

export type JournalScene = {
  readonly edits: readonly Edit[];
  readonly rows: readonly ImportRow[];
  readonly backupCount: number;
};

export const ACTOR = 'actor-1';
const AT = '2026-11-02T08:00:00.000Z';

/** Writes a journal as a day of work does, with backups on the way, and leaves it as a crash would or as a clean end does. */
export async function writeJournal(directory: string, left: string, random: () => number): Promise<JournalScene> {
  const clock = createManualClock();
  const profile = openProfile(directory, AT);
  const repositories = createRepositories(profile.cache, profile.journal, clock);
  const identifiers = createIdentifiers(clock, seededBytes(random));
  // The power does not fail in these runs; waiting for the disk would only make them slow.
  profile.journal.sql.pragma('synchronous = OFF');
  if (random() < 0.3) profile.journal.sql.pragma('wal_autocheckpoint = 8');
  const backup = createJournalBackup(profile.journal, directory, () => new Date(clock.now()).toISOString(), false);
  const work: Work = { repositories, identifiers, random, edits: [], rows: [] };
  let backupCount = 0;
  const steps = 5 + Math.floor(random() * 60);
  for (let step = 0; step < steps; step += 1) {
    clock.advance(1000);
    takeStep(work);
    if (random() < 0.05 && (await backup.run()) === 'made') backupCount += 1;
  }
  // The last connection writes the log back when it closes; a copy taken before is what a crash leaves.
  const isCrash = random() < 0.6;
  if (isCrash) cpSync(directory, left, { recursive: true });
  closeProfile(profile);
  if (!isCrash) cpSync(directory, left, { recursive: true });
  return { edits: work.edits, rows: work.rows, backupCount };
}

type Work = {
  readonly repositories: Repositories;
  readonly identifiers: Identifiers;
  readonly random: () => number;
  readonly edits: Edit[];
  readonly rows: ImportRow[];
};

function takeStep(work: Work): void {
  const choice = work.random();
  const waiting = work.edits.findIndex(({ fate }) => fate === 'waiting');
  if (choice < 0.6 || waiting < 0) addEdit(work);
  else if (choice < 0.75) endEdit(work, waiting, 'sent');
  else if (choice < 0.85) endEdit(work, waiting, 'undone');
  else if (choice < 0.93) addUpload(work);
  else sendRows(work);
}

function addEdit({ repositories, identifiers, random, edits }: Work): void {
  const opId = identifiers.next();
  const lid = identifiers.next();
  const isCreate = random() < 0.4;
  const patch = { firstName: `Name${opId}`, lastName: 'x'.repeat(Math.floor(random() ** 4 * 9000)) };
  repositories.journal.write((tx) => {
    if (isCreate) repositories.ids.mint(tx, lid, 'user', AT);
    const kind = isCreate ? 'create' : 'patch';
    repositories.outbox.enqueue(tx, {
      ...{ opId, groupId: opId, actor: ACTOR, type: 'user', lid, accountLid: 'account-1', kind, patch },
      ...{ seen: {}, schemaVersion: 1, idemKey: identifiers.next(), createdAt: AT, needs: [] },
    });
    const words: NotedChange = {
      type: 'user',
      lid,
      account: 'account-1',
      kind,
      name: patch.firstName,
      patch,
      seen: {},
    };
    note(repositories, tx, opId, 'queued', words);
  });
  edits.push({ opId, patch, fate: 'waiting' });
}

function endEdit({ repositories, edits }: Work, index: number, fate: 'sent' | 'undone'): void {
  const edit = edits[index];
  if (!edit) return;
  repositories.journal.write((tx) => {
    repositories.outbox.remove(tx, edit.opId);
    note(repositories, tx, edit.opId, fate, {});
  });
  edits[index] = { ...edit, fate };
}

function addUpload({ repositories, identifiers, random, rows }: Work): void {
  const importId = identifiers.next();
  const added = Array.from({ length: 1 + Math.floor(random() * 60) }, (_, index) => {
    const email = `r${index}.${importId}@upload.example`;
    const values = {
      ...EMPTY_VALUES,
      firstName: 'Row',
      lastName: String(index),
      email,
      role: 'USER',
    };
    return { row: index + 1, lid: identifiers.next(), emailKey: email, sourceRow: index + 2, values };
  });
  repositories.journal.write((tx) => {
    const batch = { importId, actor: ACTOR, accountLid: 'account-1', fileName: 'a.csv', createdAt: AT };
    createImportRepository(repositories.journal).create(tx, { id: importId, path: '/a.csv', ...batch }, AT);
    repositories.uploads.open(tx, batch);
    repositories.uploads.enqueue(tx, importId, added);
  });
  rows.push(...added.map(({ row, values }) => ({ importId, row, email: values.email, isSent: false })));
}

function sendRows({ repositories, rows }: Work): void {
  const importId = rows.find(({ isSent }) => !isSent)?.importId;
  if (importId === undefined) return;
  const sent = rows.filter((row) => row.importId === importId && !row.isSent).slice(0, 20);
  repositories.journal.write((tx) => {
    const settled = { state: 'sent', reason: '', serverMessage: '', correlationId: 'c', nextAt: 0 } as const;
    repositories.uploads.settle(
      tx,
      importId,
      sent.map(({ row }) => ({ row, ...settled })),
    );
    note(repositories, tx, importId, 'rows-sent', { rows: sent.map(({ row }) => row) });
  });
  for (const [index, row] of rows.entries()) if (sent.includes(row)) rows[index] = { ...row, isSent: true };
}

type JournalTx = Parameters<Repositories['audit']['append']>[0];

function note({ audit }: Repositories, tx: JournalTx, opId: string, event: string, detail: unknown): void {
  audit.append(tx, { at: AT, actor: ACTOR, opId, event, detail: JSON.stringify(detail), correlationId: '' });
}
