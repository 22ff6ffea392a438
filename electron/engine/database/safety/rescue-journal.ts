import { existsSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { JOURNAL_MIGRATIONS } from '../migrations/journal.ts';
import { openStore } from '../store.ts';
import { fileSetExists, moveFileSet } from './file-set.ts';
import { readHighWater } from './high-water.ts';
import { newestSound } from './journal-backup.ts';
import { mergeJournals } from './merge-journals.ts';
import {
  listRescues,
  openQuarantine,
  quarantineFolder,
  writeRescue,
  type Rescue,
  type RescueCause,
} from './quarantine.ts';
import { readPageImage } from './page-image.ts';
import { auditStory, type Source } from './rescued-rows.ts';
import { salvageRows } from './salvage.ts';
import { tableShapes, type Row, type TableShape } from './table-shapes.ts';

const NEWEST = JOURNAL_MIGRATIONS.at(-1)?.version ?? 0;

export function journalPath(directory: string): string {
  return join(directory, 'journal.db');
}

/**
 * Sets the journal aside and builds another from the newest sound backup and every row that is still readable in the damaged file.
 * Can be broken off at any moment: `finishRescues` goes on at the next start.
 */
export function rescueJournal(directory: string, cause: RescueCause, detail: string, at: string): Rescue {
  const { rescue } = openQuarantine(directory, { store: 'journal', cause, detail }, at);
  return finish(directory, rescue);
}

/** Goes on with rescues that a crash has broken off. */
export function finishRescues(directory: string): readonly Rescue[] {
  return listRescues(directory)
    .filter(({ state }) => state === 'running')
    .map((rescue) => {
      if (rescue.store === 'journal') return finish(directory, rescue);
      const done: Rescue = { ...rescue, state: 'done' };
      if (!existsSync(join(quarantineFolder(directory), rescue.id, 'cache.db')))
        moveFileSet(join(directory, 'cache.db'), join(quarantineFolder(directory), rescue.id));
      writeRescue(directory, done);
      return done;
    });
}

function finish(directory: string, rescue: Rescue): Rescue {
  const path = journalPath(directory);
  const folder = join(quarantineFolder(directory), rescue.id);
  const old = join(folder, 'journal.db');
  // Both there: the new one took its place before the record could say so.
  if (!(existsSync(old) && existsSync(path))) moveFileSet(path, folder);
  const fresh = `${path}.rescued`;
  let done = rescue;
  if (!existsSync(path)) {
    for (const ending of ['', '-wal', '-shm']) rmSync(fresh + ending, { force: true });
    const backup = newestSound(directory, NEWEST);
    done = { ...rescue, ...build(fresh, { old, backup, highWater: readHighWater(directory) }), backup: backup ?? '' };
    writeRescue(directory, done);
    renameSync(fresh, path);
  }
  done = { ...done, state: 'done' };
  writeRescue(directory, done);
  return done;
}

type Found = Pick<
  Rescue,
  'changeCount' | 'uncertainCount' | 'lostCount' | 'draftCount' | 'brokenCount' | 'auditBrokenAt'
>;

type Sources = {
  readonly old: string;
  readonly backup: string | null;
  /** How far the history once was. */
  readonly highWater: number;
};

function build(target: string, { old, backup, highWater }: Sources): Found {
  const version = versionOf(old);
  const shapes = tableShapes(JOURNAL_MIGRATIONS, version >= 1 && version <= NEWEST ? version : NEWEST);
  const salvage = fileSetExists(old) ? salvageRows(old, shapes) : { rows: new Map(), brokenCount: 0 };
  const today = tableShapes(JOURNAL_MIGRATIONS, NEWEST);
  const copy = backup === null ? new Map<string, readonly Row[]>() : rowsOfCopy(backup, today);
  const journal = openStore('journal', target, JOURNAL_MIGRATIONS);
  try {
    const story = auditStory([salvage.rows, copy]);
    const merged = mergeJournals(journal, { shapes: today, damaged: salvage.rows, backup: copy, story, highWater });
    return { ...merged, brokenCount: salvage.brokenCount };
  } finally {
    journal.close();
  }
}

/** The schema version that the file itself names. */
function versionOf(path: string): number {
  return fileSetExists(path) ? (readPageImage(path).page(1)?.readUInt32BE(60) ?? 0) : 0;
}

function rowsOfCopy(path: string, shapes: readonly TableShape[]): Source {
  const sql = new Database(path, { readonly: true });
  try {
    const names = new Set(sql.prepare<[], string>("SELECT name FROM sqlite_schema WHERE type = 'table'").pluck().all());
    return new Map(
      shapes
        .filter(({ name }) => names.has(name))
        .map(({ name }) => [name, sql.prepare<[], Row>(`SELECT * FROM "${name}"`).all()]),
    );
  } finally {
    sql.close();
  }
}
