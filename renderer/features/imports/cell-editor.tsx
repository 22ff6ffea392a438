import { useEffect, useRef, useState, type KeyboardEvent } from 'react';
import { useParams } from 'react-router';
import type { ImportField } from '../../../shared/model/import-row.ts';
import type { AccountId } from '../../../shared/model/ids.ts';
import { parseRole, roleLabel } from '../../../shared/model/role.ts';
import { importFieldLabels } from '../../../shared/model/import-issue-text.ts';
import { useAccountChoices } from '../../client/use-account-choices.ts';

type Props = {
  readonly field: ImportField;
  readonly initial: string;
  readonly describedBy: string;
  /** `next`, `previous` and `below` say where the focus goes afterwards. */
  readonly onCommit: (value: string, move: 'next' | 'previous' | 'below' | 'stay') => void;
  readonly onCancel: () => void;
};

/** The input in a cell. Enter and Tab keep what was typed, Escape drops it, leaving the cell keeps it. */
export function CellEditor({ field, initial, describedBy, onCommit, onCancel }: Props) {
  const { roles } = useAccountChoices(useParams()['accountId'] as AccountId);
  const [value, setValue] = useState(initial);
  const isDone = useRef(false);
  const input = useRef<HTMLInputElement & HTMLSelectElement>(null);
  useEffect(() => input.current?.focus(), []);

  const commit = (move: 'next' | 'previous' | 'below' | 'stay', text = value): void => {
    if (isDone.current) return;
    isDone.current = true;
    onCommit(text, move);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    event.stopPropagation();
    if (event.key === 'Enter') commit('below');
    else if (event.key === 'Tab') commit(event.shiftKey ? 'previous' : 'next');
    else if (event.key === 'Escape') {
      isDone.current = true;
      onCancel();
    } else return;
    event.preventDefault();
  };
  const shared = { ref: input, 'aria-label': importFieldLabels[field], 'aria-describedby': describedBy, onKeyDown };
  if (field === 'role') {
    const known = parseRole(value, roles);
    const current = known === null ? value : roleLabel(known);
    return (
      <select
        {...shared}
        value={current}
        onChange={(event) => commit('stay', event.target.value)}
        onBlur={() => commit('stay', initial)}
      >
        {known === null && <option value={value}>{value}</option>}
        {roles.map(roleLabel).map((label) => (
          <option key={label} value={label}>
            {label}
          </option>
        ))}
      </select>
    );
  }
  return (
    <input
      {...shared}
      value={value}
      dir="auto"
      spellCheck={false}
      maxLength={32_767}
      onChange={(event) => setValue(event.target.value)}
      onBlur={() => commit('stay')}
    />
  );
}
