import type { HistoryEntry } from '../../../shared/contract/history.ts';
import { fieldLabel, valueText } from '../../text/outbox-text.ts';

type Value = string | string[] | null;
type Pair = { readonly label: string; readonly from: string | null; readonly to: string | null };

/** Old → new in the reader's words. What was made shows what it has, what was deleted only its name. */
export function fieldPairs(
  type: HistoryEntry['type'],
  kind: 'create' | 'patch' | 'delete',
  fields: HistoryEntry['fields'],
): readonly Pair[] {
  if (kind === 'delete') return [];
  return fields
    .filter(({ to }) => kind === 'patch' || (to !== null && to.length > 0))
    .map(({ field, from, to }) => ({
      label: fieldLabel(type ?? 'user', field),
      from: kind === 'create' ? null : textOf(field, from),
      to: textOf(field, to),
    }));
}

function textOf(field: string, value: Value): string {
  const text = typeof value === 'string' ? value : (value ?? []).join(', ');
  return text === '' ? '' : valueText(field, text);
}
