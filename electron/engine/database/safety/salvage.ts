import { decodePage } from './btree.ts';
import { readPageImage, type PageImage } from './page-image.ts';
import { rowOf, type Row, type TableShape } from './table-shapes.ts';

export type Salvage = {
  /** Rows by table. */
  readonly rows: ReadonlyMap<string, readonly Row[]>;
  /** Pages and cells that should hold rows and could not be read. */
  readonly brokenCount: number;
};

/**
 * Every row that is readable in a damaged database, without SQLite: first by the trees that can be followed, then from pages that
 * nothing leads to any more, told apart by the shape of their rows.
 */
export function salvageRows(path: string, shapes: readonly TableShape[]): Salvage {
  const image = readPageImage(path);
  const rows = new Map<string, Row[]>(shapes.map(({ name }) => [name, []]));
  const walk: Walk = { image, rows, seen: new Set([1]), brokenCount: 0 };
  const roots = rootPages(walk);
  for (const shape of shapes) {
    const root = roots.get(shape.name);
    if (root !== undefined) followTree(walk, root, shape);
  }
  for (const [name, root] of roots) if (!rows.has(name)) followTree(walk, root, null);
  const free = freePages(image);
  for (let page = 2; page <= image.count; page += 1) {
    if (!walk.seen.has(page) && !free.has(page)) readOrphan(walk, page, shapes);
  }
  return { rows, brokenCount: walk.brokenCount };
}

type Walk = {
  readonly image: PageImage;
  readonly rows: Map<string, Row[]>;
  readonly seen: Set<number>;
  brokenCount: number;
};

const INTERNAL: TableShape = {
  name: 'sqlite_schema',
  columns: ['type', 'name', 'tbl_name', 'rootpage', 'sql'].map((name) => ({ name, type: '', isRequired: false })),
  key: ['name'],
  kind: 'table',
  rowidColumn: null,
};

/** Where the trees of tables and indexes begin; empty when the first page is gone. */
function rootPages(walk: Walk): Map<string, number> {
  const found = new Map<string, number>();
  const open = [1];
  for (let page = open.pop(); page !== undefined; page = open.pop()) {
    walk.seen.add(page);
    const decoded = decodePage(walk.image, page);
    if (decoded?.kind !== 'table') continue;
    for (const raw of decoded.rows) {
      const { name, rootpage } = rowOf(INTERNAL, raw) ?? {};
      if (typeof name === 'string' && typeof rootpage === 'number') found.set(name, rootpage);
    }
    for (const next of decoded.overflow) walk.seen.add(next);
    open.push(...decoded.children.filter((child) => !walk.seen.has(child)));
  }
  return found;
}

/** `shape` is null for an index: its pages are marked as known and not taken for rows. */
function followTree(walk: Walk, root: number, shape: TableShape | null): void {
  const kind = shape?.kind ?? 'index';
  const open = [root];
  for (let page = open.pop(); page !== undefined; page = open.pop()) {
    if (walk.seen.has(page)) continue;
    const decoded = decodePage(walk.image, page);
    if (decoded?.kind !== kind) {
      if (shape) walk.brokenCount += 1;
      continue;
    }
    const rows = shape ? decoded.rows.map((raw) => rowOf(shape, raw)).filter((row) => row !== null) : [];
    // A pointer that was hit may lead into another table: rows of another shape are left for whom they belong to.
    if (shape && decoded.rows.length > 0 && rows.length === 0) {
      walk.brokenCount += 1;
      continue;
    }
    walk.seen.add(page);
    for (const next of decoded.overflow) walk.seen.add(next);
    if (shape) {
      walk.brokenCount += decoded.brokenCells + decoded.rows.length - rows.length;
      walk.rows.get(shape.name)?.push(...rows);
    }
    open.push(...decoded.children);
  }
}

function readOrphan(walk: Walk, page: number, shapes: readonly TableShape[]): void {
  const decoded = decodePage(walk.image, page);
  if (!decoded) return;
  for (const raw of decoded.rows) {
    const fitting = shapes.flatMap((shape) => {
      const row = shape.kind === decoded.kind ? rowOf(shape, raw) : null;
      return row ? [{ shape, row }] : [];
    });
    // Two tables of one shape cannot be told apart; guessing would put a row where it never was.
    const [only] = fitting;
    if (only && fitting.length === 1 && isPlausible(only.shape, only.row))
      walk.rows.get(only.shape.name)?.push(only.row);
  }
}

/** Entries of an index of two texts look like facts of `meta`; keys of facts are words. */
function isPlausible({ name }: TableShape, { key }: Row): boolean {
  return name !== 'meta' || /^[a-z][a-z._-]*$/iu.test(String(key));
}

/** Pages that the file itself calls free. */
function freePages(image: PageImage): ReadonlySet<number> {
  const free = new Set<number>();
  let trunk = image.page(1)?.readUInt32BE(32) ?? 0;
  while (trunk > 1 && trunk <= image.count && !free.has(trunk)) {
    free.add(trunk);
    const page = image.page(trunk);
    if (!page) break;
    const count = Math.min(page.readUInt32BE(4), image.usable / 4 - 2);
    for (let index = 0; index < count; index += 1) free.add(page.readUInt32BE(8 + index * 4));
    trunk = page.readUInt32BE(0);
  }
  // A chain that holds nearly every page is a damaged number, not a list of free pages.
  return free.size > image.count * 0.95 ? new Set() : free;
}
