import { useCallback, useState, type RefObject } from 'react';
import type { ImportField, ImportRow } from '../../../shared/model/import-row.ts';
import { useEngine } from '../../client/engine-provider.tsx';
import { useCommand } from '../../client/use-command.ts';
import { useRefresh } from '../../client/use-refresh.ts';
import { useNotices } from '../../state/notices.ts';
import { faultSentence } from '../../text/fault-sentence.ts';
import { previewText } from '../../text/imports-text.ts';
import { problemSentence } from '../../text/problem-sentence.ts';
import type { ImportHeader } from './import-header.ts';
import type { PreviewGridHandle } from './preview-grid.tsx';
import type { RowFilter } from './preview-toolbar.tsx';
import type { Pace } from './upload-pace.ts';
import type { RowView } from './use-range-actions.ts';

type Options = {
  readonly header: ImportHeader;
  readonly view: RowView;
  readonly grid: RefObject<PreviewGridHandle | null>;
  readonly onFilter: (filter: RowFilter) => void;
};

type Typed = ReadonlyMap<string, string>;

/** What can be done with a preview. Problems are said at the foot of the window; the engine's rows stay the truth. */
export function usePreviewActions({ header, view, grid, onFilter }: Options) {
  const { filter } = view;
  const { client } = useEngine();
  const { id } = header;
  const refresh = useRefresh();
  const noticed = useNotices((notices) => notices.noticed);
  const editCell = useCommand('imports.editCell');
  const deleteRows = useCommand('imports.deleteRows');
  const addRowCommand = useCommand('imports.addRow');
  const undoCommand = useCommand('imports.undo');
  const uploadCommand = useCommand('imports.upload');
  // What was typed, until the engine's own row has it: without this a cell would fall back for a moment.
  const [typed, setTyped] = useState<Typed>(new Map());

  const say = (outcome: Parameters<typeof problemSentence>[0]['outcome']): boolean => {
    if (outcome?.ok) return true;
    // A fault has no outcome; `fault` below keeps it on the screen with its id.
    if (outcome) noticed(problemSentence({ outcome, fault: null }), 'error');
    return false;
  };

  const edit = async (row: ImportRow, field: ImportField, value: string): Promise<void> => {
    const key = `${row.rowId} ${field}`;
    setTyped((before) => new Map(before).set(key, value));
    say(await editCell.run({ id, rowId: row.rowId, field, value }));
    await refresh('imports', 'rows');
    setTyped((before) => new Map([...before].filter(([other]) => other !== key)));
  };
  const remove = async (row: ImportRow): Promise<void> => {
    if (say(await deleteRows.run({ id, rowIds: [row.rowId] }))) noticed(previewText.rowDeleted);
  };
  const undo = async (direction: 'undo' | 'redo'): Promise<void> => {
    say(await undoCommand.run({ id, direction }));
  };
  const addRow = async (): Promise<void> => {
    onFilter('all');
    if (!say(await addRowCommand.run({ id }))) return;
    await refresh('imports', 'rows');
    await refresh('imports', 'get');
    // The new row is the last one; without a filter its position is the count before it was added.
    grid.current?.focusRow(header.rowCount, { edit: true });
  };
  const find = async (direction: 'next' | 'previous'): Promise<void> => {
    const scope = filter === 'errors' ? 'errors' : 'all';
    if (scope !== filter) onFilter(scope);
    const after = grid.current?.focused()?.rowId ?? null;
    grid.current?.seek();
    try {
      const search = { ...view, id, filter: scope, severity: 'error', direction } as const;
      const found =
        (await client.imports.findRow({ ...search, after })) ??
        (await client.imports.findRow({ ...search, after: null }));
      if (found) return grid.current?.focusRow(found.offset);
      grid.current?.stay();
      noticed(previewText.noFurtherError);
    } catch (error) {
      grid.current?.stay();
      noticed(faultSentence(error instanceof Error ? error : new Error(String(error))), 'error');
    }
  };
  const upload = async (pace: Pace): Promise<number | null> => {
    const result = await uploadCommand.run({ id, ...pace });
    if (!say(result) || !result?.ok) return null;
    const { queuedCount, unchangedCount, skippedCount, leftCount } = result.value;
    noticed(previewText.uploaded(queuedCount, leftCount, unchangedCount + skippedCount), 'success');
    return result.value.leftCount;
  };
  const shown = useCallback((row: ImportRow | undefined) => withTyped(row, typed), [typed]);

  const fault = editCell.fault ?? deleteRows.fault ?? addRowCommand.fault ?? undoCommand.fault ?? uploadCommand.fault;
  return { fault, edit, remove, undo, addRow, find, upload, shown, isUploading: uploadCommand.isRunning };
}

function withTyped(row: ImportRow | undefined, typed: Typed): ImportRow | undefined {
  if (!row || typed.size === 0) return row;
  const values = { ...row.values };
  let isTouched = false;
  for (const field of Object.keys(values) as ImportField[]) {
    const text = typed.get(`${row.rowId} ${field}`);
    if (text === undefined) continue;
    values[field] = text;
    isTouched = true;
  }
  return isTouched ? { ...row, values } : row;
}
