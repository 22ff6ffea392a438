import type { ImportRepository } from '../database/import-repository.ts';
import type { ImportRowRepository } from '../database/import-row-repository.ts';
import type { ImportStepRepository } from '../database/import-step-repository.ts';
import type { Store, Tx } from '../database/store.ts';
import type { Clock } from '../runtime/clock.ts';
import { isoTime } from '../runtime/clock.ts';
import { createFileWatch, type FileWatch } from './file-state.ts';
import { createRowOrder } from './row-order.ts';
import type { RowOrder } from './row-order.ts';
import type { AccountRules } from './account-rules.ts';
import { createRowWriter } from './row-writer.ts';
import type { Draft, RowChange, WriteRows } from './row-writer.ts';

/** Rows per transaction of a long change: about 20 ms, so that a query never waits long (SPEC: 50 ms). */
export const SLICE_ROWS = 400;
const ORDERS_KEPT = 6;

export type DraftStores = {
  readonly journal: Store<'journal'>;
  readonly imports: ImportRepository;
  readonly rows: ImportRowRepository;
  readonly steps: ImportStepRepository;
};

/** What every change of a preview works with. */
export type DraftContext = DraftStores & {
  readonly writeRows: WriteRows;
  readonly rules: AccountRules;
  /** Lets queries of other screens pass before work goes on. */
  readonly breathe: () => Promise<void>;
  readonly now: () => string;
  readonly isFileNewer: FileWatch;
  readonly orders: RowOrders;
  /** Writes rows, counts and positions of a preview; `also` runs in the same transaction. */
  change(draft: DraftOf, changes: readonly RowChange[], also?: (tx: Tx<'journal'>) => void): void;
};
export type DraftOf = Draft & { readonly id: string };

/** Positions of the previews that are looked at; read from the database when they are needed. */
type RowOrders = {
  of(staging: number): Promise<RowOrder>;
  keep(staging: number, order: RowOrder): void;
  forget(staging: number): void;
};

export function createDraftContext(options: {
  readonly stores: DraftStores;
  readonly rules: AccountRules;
  readonly clock: Clock;
  readonly breathe: () => Promise<void>;
}): DraftContext {
  const { stores, rules, clock, breathe } = options;
  const { journal, imports, rows } = stores;
  const writeRows = createRowWriter(rows, rules);
  const now = (): string => isoTime(clock.now());
  const loaded = new Map<number, Promise<RowOrder>>();
  const ready = new Map<number, RowOrder>();

  const orders: RowOrders = {
    of(staging) {
      const known = loaded.get(staging);
      if (known) return known;
      const loading = load(staging);
      loaded.set(staging, loading);
      const [oldest] = loaded.keys();
      if (loaded.size > ORDERS_KEPT && oldest !== undefined) orders.forget(oldest);
      return loading;
    },
    keep(staging, order) {
      loaded.set(staging, Promise.resolve(order));
      ready.set(staging, order);
    },
    forget(staging) {
      loaded.delete(staging);
      ready.delete(staging);
    },
  };

  async function load(staging: number): Promise<RowOrder> {
    const order = createRowOrder();
    for (const slice of rows.slices(staging)) {
      for (const row of slice) order.set(row.rowId, row);
      await breathe();
    }
    ready.set(staging, order);
    return order;
  }

  function change(draft: DraftOf, changes: readonly RowChange[], also?: (tx: Tx<'journal'>) => void): void {
    const written = journal.write((tx) => {
      const result = writeRows(tx, draft, changes);
      imports.rowsChanged(tx, draft.id, result.delta, now());
      also?.(tx);
      return result;
    });
    // Only after the commit: a failed transaction leaves the positions as they were.
    const order = ready.get(draft.staging);
    for (const [rowId, mark] of written.marks) order?.set(rowId, mark);
  }

  const isFileNewer = createFileWatch((delayMs, wake) => clock.after(delayMs, wake));
  return { ...stores, writeRows, rules, breathe, now, orders, isFileNewer, change };
}
