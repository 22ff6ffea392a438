import type { ImportField } from '../../../shared/model/import-row.ts';
import type { SeverityCode } from '../domain/import-row-state.ts';
import type { DraftContext } from './draft-context.ts';
import { rowsContaining, sortedRows } from './look-through-rows.ts';
import type { RowFilter, RowOrder } from './row-order.ts';

export type RowSort = {
  readonly by: 'row' | 'status' | ImportField;
  readonly direction: 'ascending' | 'descending';
};
export type RowView = { readonly filter: RowFilter; readonly search?: string; readonly sort?: RowSort };
type Arrangement = Required<Omit<RowView, 'filter'>>;
const AS_IN_FILE: RowSort = { by: 'row', direction: 'ascending' };
export type RowSearch = {
  readonly severity: SeverityCode;
  readonly after: number | null;
  readonly direction: 'next' | 'previous';
};

/** The rows of a view in its order. */
export type ViewedRows = {
  readonly count: number;
  page(offset: number, limit: number): readonly number[];
  find(search: RowSearch): { readonly rowId: number; readonly offset: number } | null;
};

type Arranged = { readonly key: string; readonly rowIds: Promise<Uint32Array> };

/** Sorted and searched orders of the previews that are looked at, kept until another one is asked for. */
export type RowViews = { of(staging: number, view: RowView): Promise<ViewedRows> };

export function createRowViews(context: Pick<DraftContext, 'rows' | 'orders' | 'breathe'>): RowViews {
  const { orders } = context;
  const arranged = new Map<number, Arranged>();

  /** Rows that came since stand at the end; those that went are left out. */
  async function arrange(staging: number, { search, sort }: Arrangement, order: RowOrder): Promise<Uint32Array> {
    const key = JSON.stringify([search, sort]);
    const known = arranged.get(staging);
    if (known?.key !== key) {
      const rowIds = firstOrder(staging, { search, sort });
      arranged.delete(staging);
      arranged.set(staging, { key, rowIds });
      rowIds.catch(() => arranged.delete(staging));
      const [oldest] = arranged.keys();
      if (arranged.size > VIEWS_KEPT && oldest !== undefined) arranged.delete(oldest);
      return rowIds;
    }
    const rowIds = await known.rowIds;
    if (search !== '') return rowIds;
    const all = order.rowIds('all');
    const last = rowIds.reduce((most, rowId) => Math.max(most, rowId), 0);
    const added = all.filter((rowId) => rowId > last);
    return added.length === 0 ? rowIds : Uint32Array.from([...rowIds, ...added]);
  }

  async function firstOrder(staging: number, { search, sort }: Arrangement): Promise<Uint32Array> {
    const found = search === '' ? null : await rowsContaining(context, staging, search);
    if (sort.by === 'row') {
      const plain = found ?? new Uint32Array();
      return sort.direction === 'ascending' ? plain : plain.toReversed();
    }
    const sorted = await sortedRows(context, staging, { by: sort.by, direction: sort.direction });
    if (!found) return sorted;
    const wanted = new Set(found);
    return sorted.filter((rowId) => wanted.has(rowId));
  }

  return {
    async of(staging, { filter, search = '', sort = AS_IN_FILE }) {
      const order = await orders.of(staging);
      const isPlain = search === '' && sort.by === 'row' && sort.direction === 'ascending';
      if (isPlain) {
        return {
          count: order.count(filter),
          page: (offset, limit) => order.page(filter, offset, limit),
          find: (wanted) => order.find({ filter, ...wanted }),
        };
      }
      const isReversed = search === '' && sort.by === 'row';
      const base = isReversed ? order.rowIds('all').toReversed() : await arrange(staging, { search, sort }, order);
      const shown = base.filter((rowId) => order.matches(rowId, filter));
      return {
        count: shown.length,
        page: (offset, limit) => [...shown.subarray(offset, offset + limit)],
        find: (wanted) => findIn(shown, order, wanted),
      };
    },
  };
}

const VIEWS_KEPT = 4;

function findIn(shown: Uint32Array, order: RowOrder, { severity, after, direction }: RowSearch) {
  const from = after === null ? -1 : shown.indexOf(after);
  const step = direction === 'next' ? 1 : -1;
  const start = from === -1 && direction === 'previous' ? shown.length - 1 : from + step;
  for (let offset = start; offset >= 0 && offset < shown.length; offset += step) {
    const rowId = shown[offset] ?? 0;
    if (order.severityOf(rowId) >= severity) return { rowId, offset };
  }
  return null;
}
