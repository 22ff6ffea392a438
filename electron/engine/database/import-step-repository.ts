import type { RecipeFix } from '../../../shared/model/import-recipe.ts';
import { packRow, unpackRow } from '../domain/import-row-state.ts';
import type { PackedRow, RowState } from '../domain/import-row-state.ts';
import type { Store, Tx } from './store.ts';

type StepState = 'open' | 'done' | 'undone';
type StepPlace = { readonly staging: number; readonly step: number };
/** A row before and after a step; null where it does not exist. */
export type RowEdit = { readonly rowId: number; readonly before: RowState | null; readonly after: RowState | null };

/** The undo history of a preview: steps, and the rows that each of them touched. */
export type ImportStepRepository = {
  /** Opens a new step after all others. `fixes`: what it does, where that can be repeated in another file. */
  begin(tx: Tx<'journal'>, staging: number, fixes: readonly RecipeFix[]): number;
  /** What the steps that stand did, in their order. */
  fixes(staging: number): readonly RecipeFix[];
  /** Rows that are changed together stay together. */
  add(tx: Tx<'journal'>, at: StepPlace, edits: readonly RowEdit[]): void;
  setState(tx: Tx<'journal'>, at: StepPlace, state: StepState): void;
  /** The step that undo takes back, or that redo repeats; null when there is none. */
  next(staging: number, direction: 'undo' | 'redo'): number | null;
  /** How many packs of rows a step has, and the rows of one, in the order in which it took them. */
  packCount(at: StepPlace): number;
  edits(at: StepPlace, pack: number): readonly RowEdit[];
  /** Removes `limit` packs of a step, and with the last of them the step. True while some are left. */
  dropSlice(tx: Tx<'journal'>, at: StepPlace, limit: number): boolean;
  /** Steps that were taken back (`undone`), or all of a preview. */
  list(staging: number, state?: StepState): readonly number[];
  /** Steps during which the program stopped. */
  open(): readonly { readonly staging: number; readonly step: number }[];
};

export function createImportStepRepository({ sql }: Store<'journal'>): ImportStepRepository {
  const last = sql.prepare<[number], { step: number }>(
    'SELECT coalesce(max(step), 0) AS step FROM import_steps WHERE staging = ?',
  );
  const insert = sql.prepare("INSERT INTO import_steps (staging, step, state, fixes) VALUES (?, ?, 'open', ?)");
  const fixes = sql.prepare<[number], { fixes: string }>(
    "SELECT fixes FROM import_steps WHERE staging = ? AND state = 'done' AND fixes <> '' ORDER BY step",
  );
  const add = sql.prepare<[number, number, number, string]>(
    'INSERT INTO import_edit_packs (staging, step, pack, edits) VALUES (?, ?, ?, ?)',
  );
  const count = sql
    .prepare<[number, number], number>(
      'SELECT coalesce(max(pack) + 1, 0) FROM import_edit_packs WHERE staging = ? AND step = ?',
    )
    .pluck();
  const update = sql.prepare('UPDATE import_steps SET state = ? WHERE staging = ? AND step = ?');
  const undo = sql.prepare<[number], { step: number | null }>(
    "SELECT max(step) AS step FROM import_steps WHERE staging = ? AND state = 'done'",
  );
  const redo = sql.prepare<[number], { step: number | null }>(
    "SELECT min(step) AS step FROM import_steps WHERE staging = ? AND state = 'undone'",
  );
  const edits = sql
    .prepare<[number, number, number], string>(
      'SELECT edits FROM import_edit_packs WHERE staging = ? AND step = ? AND pack = ?',
    )
    .pluck();
  const dropEdits = sql.prepare(/* sql */ `
    DELETE FROM import_edit_packs WHERE staging = ? AND step = ?
      AND pack IN (SELECT pack FROM import_edit_packs WHERE staging = ? AND step = ? LIMIT ?)`);
  const drop = sql.prepare('DELETE FROM import_steps WHERE staging = ? AND step = ?');
  const list = sql.prepare<[number, string | null, string | null], { step: number }>(
    'SELECT step FROM import_steps WHERE staging = ? AND (? IS NULL OR state = ?) ORDER BY step',
  );
  const open = sql.prepare<[], { staging: number; step: number }>(
    "SELECT staging, step FROM import_steps WHERE state = 'open'",
  );

  return {
    begin(_tx, staging, made) {
      const step = (last.get(staging)?.step ?? 0) + 1;
      insert.run(staging, step, made.length === 0 ? '' : JSON.stringify(made));
      return step;
    },
    fixes: (staging) => fixes.all(staging).flatMap(({ fixes: text }) => JSON.parse(text) as RecipeFix[]),
    add(_tx, { staging, step }, list) {
      const packed = list.map(({ rowId, before, after }) => [
        rowId,
        before && packRow(before),
        after && packRow(after),
      ]);
      add.run(staging, step, count.get(staging, step) ?? 0, JSON.stringify(packed));
    },
    setState: (_tx, { staging, step }, state) => void update.run(state, staging, step),
    next: (staging, direction) => (direction === 'undo' ? undo : redo).get(staging)?.step ?? null,
    packCount: ({ staging, step }) => count.get(staging, step) ?? 0,
    edits({ staging, step }, pack) {
      const list = JSON.parse(edits.get(staging, step, pack) ?? '[]') as [number, PackedRow | null, PackedRow | null][];
      return list.map(([rowId, before, after]) => ({
        ...{ rowId, before: before && unpackRow(before), after: after && unpackRow(after) },
      }));
    },
    dropSlice(_tx, { staging, step }, limit) {
      if (dropEdits.run(staging, step, staging, step, limit).changes > 0) return true;
      drop.run(staging, step);
      return false;
    },
    list: (staging, state) => list.all(staging, state ?? null, state ?? null).map(({ step }) => step),
    open: () => open.all(),
  };
}
