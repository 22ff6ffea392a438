import type { ImportField } from '../../../shared/model/import-row.ts';
import type { Store, Tx } from './store.ts';

/** What a heading was taken for by a person's hand; null: left out. */
export type StoredHeading = {
  readonly key: string;
  readonly heading: string;
  readonly field: ImportField | null;
  readonly usedAt: string;
};

export type LearnedHeadingRepository = {
  /** The last used first. */
  all(): readonly StoredHeading[];
  put(tx: Tx<'journal'>, heading: StoredHeading): void;
  used(tx: Tx<'journal'>, key: string, at: string): void;
  /** Null: all of them. Resolves how many. */
  forget(tx: Tx<'journal'>, key: string | null): number;
};

/** The oldest go beyond this: a laptop sees many lists. */
const KEPT = 2000;

export function createLearnedHeadingRepository({ sql }: Store<'journal'>): LearnedHeadingRepository {
  type Row = Omit<StoredHeading, 'field'> & { readonly field: string };
  const all = sql.prepare<[], Row>(
    'SELECT heading_key AS key, heading, field, used_at AS usedAt FROM import_headings ORDER BY used_at DESC, heading_key',
  );
  const put = sql.prepare(/* sql */ `
    INSERT INTO import_headings (heading_key, heading, field, used_at) VALUES (?, ?, ?, ?)
    ON CONFLICT (heading_key) DO UPDATE SET heading = excluded.heading, field = excluded.field, used_at = excluded.used_at`);
  const prune = sql.prepare(/* sql */ `
    DELETE FROM import_headings WHERE heading_key IN (
      SELECT heading_key FROM import_headings ORDER BY used_at DESC, heading_key LIMIT -1 OFFSET ${KEPT})`);
  const touch = sql.prepare('UPDATE import_headings SET used_at = ? WHERE heading_key = ?');
  const forget = sql.prepare('DELETE FROM import_headings WHERE ? IS NULL OR heading_key = ?');
  return {
    all: () => all.all().map((row) => ({ ...row, field: row.field === '' ? null : (row.field as ImportField) })),
    put(_tx, { key, heading, field, usedAt }) {
      put.run(key, heading, field ?? '', usedAt);
      prune.run();
    },
    used: (_tx, key, at) => void touch.run(at, key),
    forget: (_tx, key) => forget.run(key, key).changes,
  };
}
