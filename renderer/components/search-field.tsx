import Close from '@mui/icons-material/Close';
import Search from '@mui/icons-material/Search';
import InputAdornment from '@mui/material/InputAdornment';
import OutlinedInput from '@mui/material/OutlinedInput';
import type { KeyboardEvent, Ref } from 'react';
import { IconAction } from './icon-action.tsx';

type Props = {
  readonly label: string;
  readonly clearLabel: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly inputRef?: Ref<HTMLInputElement>;
  readonly onKeyDown?: (event: KeyboardEvent) => void;
  readonly width?: number | string;
  readonly hint?: string;
};

/** A box that searches as you type; Escape empties it. */
export function SearchField({ label, clearLabel, value, onChange, inputRef, onKeyDown, width = 300, hint }: Props) {
  return (
    <OutlinedInput
      size="small"
      value={value}
      onChange={(event) => onChange(event.target.value)}
      placeholder={hint ? `${label}  ( ${hint} )` : label}
      inputRef={inputRef}
      onKeyDown={(event) => {
        if (event.key === 'Escape' && value !== '') {
          event.stopPropagation();
          onChange('');
          return;
        }
        onKeyDown?.(event);
      }}
      inputProps={{ 'aria-label': label, type: 'search', spellCheck: false, maxLength: 200 }}
      startAdornment={
        <InputAdornment position="start">
          <Search fontSize="small" />
        </InputAdornment>
      }
      endAdornment={
        value !== '' && (
          <InputAdornment position="end">
            <IconAction label={clearLabel} edge="end" onClick={() => onChange('')}>
              <Close fontSize="small" />
            </IconAction>
          </InputAdornment>
        )
      }
      sx={{
        width,
        height: 34,
        '& input::-webkit-search-cancel-button': { display: 'none' },
        '& input::placeholder': { color: 'text.secondary', opacity: 1 },
      }}
    />
  );
}
