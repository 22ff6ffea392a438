import type { ImportField } from '../../../shared/model/import-row.ts';
import { IMPORT_FIELDS } from '../../../shared/model/import-row.ts';
import type { PreviewRow } from '../database/import-rows.ts';
import type { DraftContext } from './draft-context.ts';
import { sortInTurns } from './sort-in-turns.ts';

type Looking = Pick<DraftContext, 'rows' | 'breathe'>;

/** All rows in the order of a column, without regard to case. */
export async function sortedRows(
  looking: Looking,
  staging: number,
  { by, direction }: { readonly by: ImportField | 'status'; readonly direction: 'ascending' | 'descending' },
): Promise<Uint32Array> {
  type Keyed = { readonly rowId: number; readonly key: string | number };
  const keyed: Keyed[] = [];
  await eachRow(looking, staging, (row) => {
    keyed.push({ rowId: row.rowId, key: by === 'status' ? row.severity : row.values[by].toLowerCase() });
  });
  const sign = direction === 'ascending' ? 1 : -1;
  const compare = (a: Keyed, b: Keyed): number => (a.key < b.key ? -sign : a.key > b.key ? sign : 0);
  return Uint32Array.from(await sortInTurns(keyed, compare, looking.breathe), ({ rowId }) => rowId);
}

/** Rows with the text in any cell, without regard to case. */
export async function rowsContaining(looking: Looking, staging: number, text: string): Promise<Uint32Array> {
  const sought = text.toLowerCase();
  const found: number[] = [];
  const isHit = ({ values }: PreviewRow): boolean =>
    IMPORT_FIELDS.some((field) => values[field].toLowerCase().includes(sought));
  await eachRow(looking, staging, (row) => isHit(row) && found.push(row.rowId), text);
  return Uint32Array.from(found);
}

/** The domain that most addresses of a preview have; '' without addresses. */
export async function mostFrequentDomain(looking: Looking, staging: number): Promise<string> {
  const counts = new Map<string, number>();
  await eachRow(looking, staging, ({ emailKey }) => {
    if (emailKey === '') return;
    const domain = emailKey.slice(emailKey.indexOf('@') + 1);
    counts.set(domain, (counts.get(domain) ?? 0) + 1);
  });
  const [most] = [...counts].toSorted(([a, one], [b, other]) => other - one || (a < b ? -1 : 1));
  return most?.[0] ?? '';
}

async function eachRow(
  { rows, breathe }: Looking,
  staging: number,
  take: (row: PreviewRow) => unknown,
  text?: string,
): Promise<void> {
  for (const slice of rows.slices(staging, text)) {
    for (const row of slice) take(row);
    await breathe();
  }
}
