import type { ImportField } from '../../../shared/model/import-row.ts';
import type { ImportHeader } from './import-header.ts';

type Column = ImportHeader['columns'][number];
export type Mapping = { index: number; field: ImportField }[];

/** The mapping after one column was given another field, or none. A field belongs to one column: the other one loses it. */
export function remapped(columns: readonly Column[], index: number, field: ImportField | null): Mapping {
  return columns.flatMap((column) => {
    const next = column.index === index ? field : column.field === field ? null : column.field;
    return next === null ? [] : [{ index: column.index, field: next }];
  });
}
