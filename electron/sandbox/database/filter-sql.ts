/** A parsed `$filter`. Field names are checked against the closed map of the collection when it is compiled. */
export type Filter =
  | { readonly kind: 'and' | 'or'; readonly left: Filter; readonly right: Filter }
  | { readonly kind: 'eq' | 'gt'; readonly field: string; readonly value: string | number | boolean }
  | { readonly kind: 'contains'; readonly field: string; readonly text: string };

export type Columns = Readonly<Record<string, { readonly sql: string; readonly type: 'text' | 'flag' | 'number' }>>;

type Compiled = { readonly sql: string; readonly values: readonly (string | number)[] };

/** Thrown for a field the collection does not have or a value of the wrong kind. */
export class FilterError extends Error {
  override readonly name = 'FilterError';
}

const DEPTH = 20;

/** A WHERE clause with bound values. `=` and `instr` compare case-sensitively, as the API does. */
export function compileFilter(filter: Filter, columns: Columns, depth = 0): Compiled {
  if (depth > DEPTH) throw new FilterError(`$filter nests deeper than ${DEPTH} levels. Ask in several requests.`);
  if ('left' in filter) {
    const left = compileFilter(filter.left, columns, depth + 1);
    const right = compileFilter(filter.right, columns, depth + 1);
    return {
      sql: `(${left.sql} ${filter.kind.toUpperCase()} ${right.sql})`,
      values: [...left.values, ...right.values],
    };
  }
  const column = Object.hasOwn(columns, filter.field) ? columns[filter.field] : undefined;
  if (!column) throw new FilterError(`$filter does not know the field ${filter.field}.`);
  if (filter.kind === 'contains') {
    if (column.type !== 'text') throw new FilterError(`substringof needs a text field; ${filter.field} is not one.`);
    return { sql: `instr(${column.sql}, ?) > 0`, values: [filter.text] };
  }
  const value = bound(filter.value, column.type, filter.field);
  if (filter.kind === 'gt') return { sql: `${column.sql} > ?`, values: [value] };
  if (filter.field === 'email') {
    // The index is on the folded address; the second comparison keeps the case-sensitive meaning.
    return { sql: `(email_key = ? AND email = ?)`, values: [String(value).toLowerCase(), value] };
  }
  return { sql: `${column.sql} = ?`, values: [value] };
}

function bound(value: string | number | boolean, type: 'text' | 'flag' | 'number', field: string): string | number {
  if (type === 'text') {
    if (typeof value !== 'string') throw new FilterError(`${field} is compared with a text in single quotes.`);
    return value;
  }
  if (type === 'flag' && typeof value === 'boolean') return value ? 1 : 0;
  if (type === 'number' && typeof value === 'number') return value;
  throw new FilterError(`The value given for ${field} in $filter is of the wrong kind.`);
}
