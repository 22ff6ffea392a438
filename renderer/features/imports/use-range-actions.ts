import type { ImportField } from '../../../shared/model/import-row.ts';
import { useEngine } from '../../client/engine-provider.tsx';
import type { InputFor } from '../../client/operation-types.ts';
import { useCommand } from '../../client/use-command.ts';
import { useNotices } from '../../state/notices.ts';
import { faultSentence } from '../../text/fault-sentence.ts';
import { previewText } from '../../text/imports-text.ts';
import { problemSentence } from '../../text/problem-sentence.ts';
import { fieldsIn, type CellRange } from './grid-cells.ts';
import type { GridActions } from './preview-grid.tsx';

export type RowView = Pick<InputFor<'imports.rows'>, 'filter' | 'search' | 'sort'>;
type Options = {
  readonly id: InputFor<'imports.rows'>['id'];
  readonly view: RowView;
  readonly fields: readonly ImportField[];
};

/** What can be done with a block of cells. The engine knows the rows of the view; the page only names their places. */
export function useRangeActions({ id, view, fields }: Options): Omit<GridActions, 'edit' | 'remove'> {
  const { client, bridge } = useEngine();
  const noticed = useNotices((notices) => notices.noticed);
  const fill = useCommand('imports.fillRange');
  const paste = useCommand('imports.pasteRange');
  const remove = useCommand('imports.deleteRange');
  const placed = ({ firstRow, lastRow }: CellRange) => ({ id, ...view, first: firstRow, last: lastRow });

  const said = (tried: Parameters<typeof problemSentence>[0], sentence: string): void => {
    if (tried.outcome?.ok) noticed(sentence);
    else noticed(problemSentence(tried), 'error');
  };
  const asked = (work: () => Promise<void>): void => {
    work().catch((error: unknown) =>
      noticed(faultSentence(error instanceof Error ? error : new Error(String(error))), 'error'),
    );
  };
  const fillWith = async (range: CellRange, value: string): Promise<void> => {
    const tried = await fill.attempt({ ...placed(range), fields: [...fieldsIn(range, fields)], value });
    said(tried, tried.outcome?.ok ? previewText.cellsChanged(tried.outcome.value.changedCount) : '');
  };
  const pasteAt = async (range: CellRange, text: string): Promise<void> => {
    const from = Math.max(1, range.firstColumn);
    const tried = await paste.attempt({ id, ...view, first: range.firstRow, fields: fields.slice(from - 1), text });
    const { outcome } = tried;
    said(tried, outcome?.ok ? previewText.pasted(outcome.value.changedCount, outcome.value.addedCount) : '');
  };
  const textOf = (range: CellRange) =>
    client.imports.copyRange({ ...placed(range), fields: [...fieldsIn(range, fields)] });
  const hasFields = (range: CellRange): boolean => fieldsIn(range, fields).length > 0;

  return {
    copy: (range) =>
      asked(async () => {
        if (!hasFields(range)) return;
        const { text, rowCount } = await textOf(range);
        await bridge.copyText(text);
        if (rowCount > 1) noticed(previewText.copiedRows(rowCount));
      }),
    paste: (range, text) =>
      asked(async () => {
        const isOneCell = !/[\t\r\n]/u.test(text.replace(/\r?\n$/u, ''));
        const isBlock = range.firstRow !== range.lastRow || range.firstColumn !== range.lastColumn;
        // One copied cell goes into every selected one, as in a spreadsheet.
        if (isOneCell && isBlock) await fillWith(range, text.replace(/\r?\n$/u, ''));
        else if (text !== '') await pasteAt(range, text);
      }),
    clear: (range) => asked(() => (hasFields(range) ? fillWith(range, '') : Promise.resolve())),
    fillDown: (range) =>
      asked(async () => {
        if (!hasFields(range) || range.firstRow === range.lastRow) return;
        const { text } = await textOf({ ...range, lastRow: range.firstRow });
        await pasteAt(range, Array.from({ length: range.lastRow - range.firstRow + 1 }, () => text).join('\n'));
      }),
    removeRows: (range) => asked(async () => said(await remove.attempt(placed(range)), previewText.rowsDeleted)),
  };
}
