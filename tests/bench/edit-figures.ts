import { rmSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { ImportId } from '../../shared/model/ids.ts';
import { must } from '../../shared/lib/must.ts';
import type { BenchCloud } from './bench-cloud.ts';
import type { BuiltEngine } from './build-engine-process.ts';
import { startEngineChild, type EngineChild } from './engine-child.ts';
import { figure, timeOf, type Figure } from './figures.ts';
import { HARBOUR_DOMAIN, writeImportFile } from './import-files.ts';
import { emptyAccount } from './waiting.ts';

const ROWS = 100_000;
const EDITS = 200;
const REPLACES = 3;
/** Apart from each other by a prime, so that every edit meets another page of the file. */
const STRIDE = 7919;

/** What a person waits for in a preview of 100,000 rows: one cell typed and checked again, and a replacement in all of them (IMP-4). */
export async function editFigures(folder: string, cloud: BenchCloud, built: BuiltEngine): Promise<readonly Figure[]> {
  const engine = await startEngineChild(join(folder, 'edit'), cloud.url, built);
  const floor = openFloor(join(folder, 'edit-floor.db'));
  try {
    const id = await openPreview(folder, engine);
    return [...(await cellFigures(engine, id, floor)), ...(await replaceFigures(engine, id, floor))];
  } finally {
    floor.close();
    await engine.stop();
  }
}

async function openPreview(folder: string, engine: EngineChild): Promise<ImportId> {
  const accountId = await emptyAccount(engine);
  const file = await writeImportFile(folder, { rows: ROWS, columns: 12, kind: 'csv' });
  const opened = await engine.client.imports.open({ accountId, file: file.path });
  return must(opened.ok ? opened.value.id : undefined, 'the list was read');
}

async function cellFigures({ client }: EngineChild, id: ImportId, floor: Floor): Promise<readonly Figure[]> {
  const samples: number[] = [];
  const floorSamples: number[] = [];
  for (let edit = 0; edit < EDITS; edit += 1) {
    const rowId = 1 + ((edit * STRIDE) % ROWS);
    const value = `Edited${edit}`;
    floorSamples.push(await timeOf(() => floor.edit(rowId, value)));
    samples.push(
      await timeOf(async () => {
        const edited = await client.imports.editCell({ id, rowId, field: 'firstName', value });
        if (!edited.ok) throw new Error(`refused: ${edited.refusal.code}`);
      }),
    );
  }
  return [0.5, 0.95].map((quantile) =>
    figure({
      ...{ name: `one cell edited and checked, ${ROWS.toLocaleString('en')} rows, p${quantile * 100}`, unit: 'ms' },
      ...{ samples, floorSamples, quantile, floorName: 'UPDATE of one row, committed and durable' },
    }),
  );
}

async function replaceFigures({ client }: EngineChild, id: ImportId, floor: Floor): Promise<readonly Figure[]> {
  const samples: number[] = [];
  const floorSamples: number[] = [];
  for (let turn = 0; turn < REPLACES; turn += 1) {
    const [find, replacement] =
      turn % 2 === 0 ? [HARBOUR_DOMAIN, 'quay.example'] : (['quay.example', HARBOUR_DOMAIN] as const);
    floorSamples.push(await timeOf(() => floor.replace(find, replacement)));
    samples.push(
      await timeOf(async () => {
        const replaced = await client.imports.replace({ id, field: 'email', find, replacement, filter: 'all' });
        if (!replaced.ok || replaced.value.changedCount !== ROWS) throw new Error('not every row was changed');
      }),
    );
  }
  return [
    figure({
      ...{ name: `find and replace in ${ROWS.toLocaleString('en')} rows, with undo and checks`, unit: 'ms' },
      ...{ samples, floorSamples, floorName: 'UPDATE … replace() of all rows, no checks, no undo' },
    }),
  ];
}

type Floor = {
  edit(rowId: number, value: string): void;
  replace(find: string, replacement: string): void;
  close(): void;
};

/** The same rows in a table with the indexes of a preview, as durable as the journal. */
function openFloor(path: string): Floor {
  const sql = new Database(path);
  sql.pragma('journal_mode = WAL');
  sql.pragma('synchronous = FULL');
  sql.exec(
    `CREATE TABLE rows (id INTEGER PRIMARY KEY, first_name TEXT, last_name TEXT, email TEXT, role TEXT, note TEXT) STRICT;
     CREATE INDEX by_email ON rows (email);`,
  );
  const insert = sql.prepare('INSERT INTO rows VALUES (?, ?, ?, ?, ?, ?)');
  sql.transaction(() => {
    for (let row = 1; row <= ROWS; row += 1)
      insert.run(row, `First${row}`, `Last${row}`, `user${row}@${HARBOUR_DOMAIN}`, 'User', '');
  })();
  const edit = sql.prepare('UPDATE rows SET first_name = ? WHERE id = ?');
  const replace = sql.prepare('UPDATE rows SET email = replace(email, ?, ?)');
  return {
    edit: (rowId, value) => void edit.run(value, rowId),
    replace: (find, replacement) => void replace.run(find, replacement),
    close() {
      sql.close();
      for (const file of [path, `${path}-wal`, `${path}-shm`]) rmSync(file, { force: true });
    },
  };
}
