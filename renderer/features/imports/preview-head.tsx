/* oxlint-disable jsx-a11y/prefer-tag-over-role -- rows are positioned one by one, which table elements do not allow */
import type { InputFor } from '../../client/operation-types.ts';
import { IMPORT_HEADINGS } from '../../../shared/model/import-row.ts';
import { PlainIcon } from '../../components/plain-icon.tsx';
import { previewText } from '../../text/imports-text.ts';
import type { gridColumns } from './grid-cells.ts';

export type RowSort = NonNullable<InputFor<'imports.rows'>['sort']>;
export const AS_IN_FILE: RowSort = { by: 'row', direction: 'ascending' };

type Props = {
  readonly columns: ReturnType<typeof gridColumns>;
  readonly template: string;
  readonly sort: RowSort;
  readonly onSort: (sort: RowSort) => void;
};

/** The headings; each sorts up, down, and back to the order of the file. */
export function PreviewHead({ columns, template, sort, onSort }: Props) {
  return (
    <div role="rowgroup" className="head">
      <div role="row" aria-rowindex={1} className="row" style={{ gridTemplateColumns: template }}>
        {columns.map((column) => {
          const isSorted = sort.by === column;
          if (column === 'action')
            return (
              <div key={column} role="columnheader" className="cell">
                {previewText.action}
              </div>
            );
          const heading = column === 'status' ? previewText.status : IMPORT_HEADINGS[column];
          return (
            <div key={column} role="columnheader" className="cell" aria-sort={isSorted ? sort.direction : 'none'}>
              <button
                type="button"
                className="sort"
                title={previewText.sortBy(heading)}
                onClick={() => onSort(nextSort(sort, column))}
              >
                {heading}
                {isSorted && <PlainIcon name={sort.direction === 'ascending' ? 'up' : 'down'} />}
              </button>
            </div>
          );
        })}
      </div>
    </div>
  );
}

function nextSort(sort: RowSort, by: RowSort['by']): RowSort {
  if (sort.by !== by) return { by, direction: 'ascending' };
  return sort.direction === 'ascending' ? { by, direction: 'descending' } : AS_IN_FILE;
}
