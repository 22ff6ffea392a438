import { isEmail } from '../../../shared/model/email.ts';
import type { ImportColumn, StoredImport } from '../database/import-repository.ts';
import type { Repositories } from '../database/repositories.ts';
import type { Tx } from '../database/store.ts';
import { isPortalHeading, isPortalSheet } from '../domain/column-meanings.ts';
import type { KnownHeadings } from '../domain/column-meanings.ts';
import { headingKey } from '../domain/match-headings.ts';

type Memory = Pick<Repositories, 'learnedHeadings'>;

export function learnedHeadings({ learnedHeadings: known }: Memory): KnownHeadings['learned'] {
  return new Map(known.all().map(({ key, field, usedAt }) => [key, { field, usedAt }]));
}

/** Remembers what a person made of the columns, for the next file with such headings (IMP-13). */
export function learnHeadings(
  { learnedHeadings: known }: Memory,
  tx: Tx<'journal'>,
  { columns, reading, at }: Pick<StoredImport, 'columns' | 'reading'> & { readonly at: string },
): void {
  if (!reading || reading.headerRow === 0) return;
  const isPortal = isPortalSheet(columns.map(({ heading }) => heading));
  const isName = ({ heading }: ImportColumn): boolean =>
    headingKey(heading) !== '' && !isEmail(heading.trim()) && !(isPortal && isPortalHeading(heading));
  const named = columns.filter(isName);
  // Of two columns with one heading the one that is imported counts, so it is written last.
  for (const { heading, field } of byHand(named).toSorted(
    (a, b) => Number(a.field !== null) - Number(b.field !== null),
  ))
    known.put(tx, { key: headingKey(heading), heading: heading.trim(), field, usedAt: at });
  for (const { heading, origin } of named) if (origin === 'learned') known.used(tx, headingKey(heading), at);
}

function byHand(columns: readonly ImportColumn[]): readonly ImportColumn[] {
  return columns.filter(({ origin }) => origin === 'hand');
}
