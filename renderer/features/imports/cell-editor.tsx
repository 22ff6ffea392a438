import { useEffect, useRef, useState, type KeyboardEvent } from 'react';
import { useParams } from 'react-router';
import { CLEAR_TOKEN, type ImportField } from '../../../shared/model/import-row.ts';
import type { AccountId } from '../../../shared/model/ids.ts';
import {
  choiceLabel,
  choicesFor,
  isChosen,
  parseChoice,
  type ChosenField,
  type UserChoices,
} from '../../../shared/model/user-choices.ts';
import { importFieldLabels } from '../../../shared/model/import-issue-text.ts';
import { useAccountChoices } from '../../client/use-account-choices.ts';
import { previewText } from '../../text/imports-text.ts';

/** As a cell says that there is no such license. */
const NO = 'No';

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
  const { choices } = useAccountChoices(useParams()['accountId'] as AccountId);
  const [value, setValue] = useState(initial);
  const isDone = useRef(false);
  const isByKey = useRef(false);
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
    } else {
      isByKey.current = true;
      return;
    }
    event.preventDefault();
  };
  const shared = { ref: input, 'aria-label': importFieldLabels[field], 'aria-describedby': describedBy, onKeyDown };
  if (isChosen(field)) {
    const { current, options } = cellChoices(field, initial, choices);
    return (
      <select
        {...shared}
        value={value === initial ? current : value}
        onPointerDown={() => {
          isByKey.current = false;
        }}
        onChange={(event) => {
          // An arrow or a letter passes through options on the way to the one that is meant.
          if (isByKey.current) setValue(event.target.value);
          else commit('stay', event.target.value);
        }}
        onBlur={() => commit('stay')}
      >
        {options.map((option) => (
          <option key={option} value={option}>
            {optionText(option)}
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

type CellChoices = { readonly current: string; readonly options: readonly string[] };

/** What a cell can be made to say; what it says now too when that is nothing of ours. */
function cellChoices(field: ChosenField, cell: string, choices: UserChoices): CellChoices {
  const known = parseChoice(field, cell, choices);
  const labels = choicesFor(field, choices).map((choice) => choiceLabel(field, choice));
  const nothing = field === 'miteamMeetings' ? NO : CLEAR_TOKEN;
  const current = known ? choiceLabel(field, known) : known === '' && cell !== '' ? nothing : cell;
  const options = field === 'role' ? labels : ['', ...labels, nothing];
  return { current, options: options.includes(current) ? options : [current, ...options] };
}

function optionText(option: string): string {
  if (option === '') return previewText.blank;
  return option === CLEAR_TOKEN ? previewText.emptyField : option;
}
