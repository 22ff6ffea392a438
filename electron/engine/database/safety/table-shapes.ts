import Database from 'better-sqlite3';
import type { Migration } from '../migrate.ts';
import type { RawRow, Value } from './btree.ts';

export type Row = Readonly<Record<string, Value>>;

type Column = { readonly name: string; readonly type: string; readonly isRequired: boolean };

/** How the rows of one table look on a page. */
export type TableShape = {
  readonly name: string;
  /** In the order of the record: the key first where the table is its own index. */
  readonly columns: readonly Column[];
  /** What tells two rows apart. */
  readonly key: readonly string[];
  readonly kind: 'table' | 'index';
  /** The column that is the rowid, when one is. */
  readonly rowidColumn: string | null;
};

/** The tables that the migrations up to `version` make. */
export function tableShapes(migrations: readonly Migration[], version: number): readonly TableShape[] {
  const sql = new Database(':memory:');
  try {
    for (const step of migrations) if (step.version <= version) step.up(sql);
    const tables = sql
      .prepare<[], { name: string; wr: number }>(
        "SELECT name, wr FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite_%'",
      )
      .all();
    return tables.map(({ name, wr }) => shapeOf(sql, name, wr === 1));
  } finally {
    sql.close();
  }
}

type TableColumn = { readonly name: string; readonly type: string; readonly notnull: number; readonly pk: number };

function shapeOf(sql: Database.Database, name: string, isIndex: boolean): TableShape {
  const columns = sql
    .prepare<[string], TableColumn>('SELECT name, type, "notnull", pk FROM pragma_table_info(?)')
    .all(name);
  const key = columns.filter(({ pk }) => pk > 0).toSorted((a, b) => a.pk - b.pk);
  const ordered = isIndex ? [...key, ...columns.filter(({ pk }) => pk === 0)] : columns;
  const [only] = key;
  const isAlias = !isIndex && key.length === 1 && only?.type === 'INTEGER';
  return {
    name,
    columns: ordered.map(({ name: column, type, notnull, pk }) => ({
      name: column,
      type,
      isRequired: notnull === 1 || pk > 0,
    })),
    key: key.map(({ name: column }) => column),
    kind: isIndex ? 'index' : 'table',
    rowidColumn: isAlias ? (only?.name ?? null) : null,
  };
}

/** The record as a row of this table; null when it cannot be one. */
export function rowOf(shape: TableShape, { rowid, values }: RawRow): Row | null {
  if (values.length !== shape.columns.length) return null;
  const row: Record<string, Value> = {};
  for (const [index, column] of shape.columns.entries()) {
    const stored = values[index] ?? null;
    const value = column.name === shape.rowidColumn ? rowid : stored;
    if (column.name === shape.rowidColumn && stored !== null) return null;
    if (!fits(column, value)) return null;
    row[column.name] = value;
  }
  return row;
}

function fits({ type, isRequired }: Column, value: Value): boolean {
  if (value === null) return !isRequired;
  switch (type) {
    case 'INTEGER':
    case 'INT':
      return Number.isInteger(value) || typeof value === 'bigint';
    case 'REAL':
      return typeof value === 'number';
    case 'TEXT':
      return typeof value === 'string';
    case 'BLOB':
      return Buffer.isBuffer(value);
    default:
      return true;
  }
}

export function keyOf(shape: TableShape, row: Row): string {
  return JSON.stringify(shape.key.map((column) => String(row[column])));
}

/** Every object of the schema with its words, as one text. */
export function schemaOf(sql: Database.Database): string {
  const rows = sql
    .prepare<[], { name: string; sql: string }>(
      "SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%' ORDER BY name",
    )
    .all();
  return rows.map((row) => `${row.name}: ${row.sql}`).join('\n');
}
