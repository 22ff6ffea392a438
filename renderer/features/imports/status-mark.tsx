import type { Severity } from '../../../shared/model/import-row.ts';
import { PlainIcon } from '../../components/plain-icon.tsx';
import { previewText } from '../../text/imports-text.ts';

/** The state of a row: a sign, a word and a colour. */
export function StatusMark({ status }: { readonly status: Severity | null }) {
  const shown = status ?? 'ready';
  return (
    <span className="mark" data-severity={shown}>
      <PlainIcon name={shown} />
      {previewText.states[shown]}
    </span>
  );
}
