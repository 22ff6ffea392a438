import type { RowAction, Severity } from '../../../shared/model/import-row.ts';
import { PlainIcon } from '../../components/plain-icon.tsx';
import { previewText } from '../../text/imports-text.ts';

/** The state of a row: a sign, a word and a colour. A row of somebody known says what becomes of it. */
export function StatusMark({ status, action }: { readonly status: Severity | null; readonly action: RowAction }) {
  const shown = status ?? 'ready';
  const plan = action === 'create' || status === 'error' ? null : action;
  return (
    <span className="mark" data-severity={shown} data-plan={plan ?? undefined}>
      <PlainIcon name={shown} />
      {plan === null ? previewText.states[shown] : previewText.plans[plan]}
    </span>
  );
}
