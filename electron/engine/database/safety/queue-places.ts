import type { AuditStory } from './rescued-rows.ts';
import type { Row } from './table-shapes.ts';

/** The changes of a rescued queue, each once and each on its place. */
export function inPlace(rows: readonly Row[], story: AuditStory): readonly Row[] {
  return numbered(withoutTwins(rows, story), story);
}

/** A row whose name was hit stands on the place of the change that the history knows. */
function withoutTwins(rows: readonly Row[], { queued }: AuditStory): readonly Row[] {
  const isKnown = (row: Row): boolean => queued.has(String(row['op_id']));
  const taken = new Set(rows.filter(isKnown).map(({ seq }) => seq));
  return rows.filter((row) => isKnown(row) || row['seq'] == null || !taken.has(row['seq']));
}

/** Gives a change that was made again the place it had: between those queued before and after it. */
function numbered(rows: readonly Row[], story: AuditStory): readonly Row[] {
  const taken = new Set(rows.flatMap(({ seq }) => (typeof seq === 'number' ? [seq] : [])));
  const order = (row: Row): number => story.queued.get(String(row['op_id']))?.id ?? Number.POSITIVE_INFINITY;
  let last = 0;
  return rows
    .toSorted((a, b) =>
      typeof a['seq'] === 'number' && typeof b['seq'] === 'number' ? a['seq'] - b['seq'] : order(a) - order(b),
    )
    .map((row) => {
      if (typeof row['seq'] === 'number') {
        last = Math.max(last, row['seq']);
        // Journals before the fourth schema have no place.
        return { ...row, place: row['place'] ?? row['seq'] };
      }
      let seq = last + 1;
      while (taken.has(seq)) seq += 1;
      taken.add(seq);
      last = seq;
      return { ...row, seq, place: seq };
    });
}
