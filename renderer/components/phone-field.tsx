import Autocomplete from '@mui/material/Autocomplete';
import Box from '@mui/material/Box';
import TextField from '@mui/material/TextField';
import { useMemo, useState, type ReactNode } from 'react';
import { must } from '../../shared/lib/must.ts';
import { callingCodes, splitNumber, storedNumber, typedNumber, type SplitNumber } from './phone-number.ts';

type Props = {
  readonly label: string;
  readonly codeLabel: string;
  readonly countryName: (code: string) => string;
  readonly value: string;
  readonly country: string;
  readonly disabled: boolean;
  readonly error: boolean;
  readonly required: boolean;
  readonly helperText: ReactNode;
  readonly onChange: (stored: string) => void;
};

/** A mobile number with the country code beside it; stored in E.164. */
export function PhoneField(props: Props) {
  const { label, codeLabel, countryName, value, country, disabled, error, helperText, onChange } = props;
  const [typed, setTyped] = useState<SplitNumber>(() => splitNumber(value, country));
  const [lastValue, setLastValue] = useState(value);
  // The value changed from outside (another record, Discard): what was typed no longer belongs to it.
  if (value !== lastValue) {
    setLastValue(value);
    if (value !== storedNumber(typed)) setTyped(splitNumber(value, country));
  }
  const options = useMemo(
    () => callingCodes().map((option) => ({ ...option, name: countryName(option.country) })),
    [countryName],
  );
  const enter = (next: SplitNumber): void => {
    const stored = storedNumber(next);
    setTyped(next);
    setLastValue(stored);
    onChange(stored);
  };
  return (
    <Box sx={{ display: 'grid', gap: '12px', gridTemplateColumns: '132px minmax(0, 1fr)', alignItems: 'start' }}>
      <Autocomplete
        options={options}
        value={options.find((option) => option.country === typed.country) ?? must(options[0], 'there are countries')}
        onChange={(_, option) => enter({ country: option.country, national: typed.national })}
        getOptionLabel={(option) => `${option.country} ${option.code}`}
        filterOptions={(all, { inputValue }) => {
          const wanted = inputValue.trim().toLowerCase();
          return all.filter((option) =>
            `${option.name} ${option.country} ${option.code}`.toLowerCase().includes(wanted),
          );
        }}
        renderOption={({ key, ...props }, option) => (
          <li key={key} {...props}>
            {option.name} {option.code}
          </li>
        )}
        slotProps={{ popper: { style: { width: 280 }, placement: 'bottom-start' } }}
        disabled={disabled}
        disableClearable
        size="small"
        autoHighlight
        renderInput={(params) => <TextField {...params} label={codeLabel} />}
      />
      <TextField
        label={label}
        value={typed.national}
        onChange={(event) => enter(typedNumber(event.target.value, typed.country))}
        disabled={disabled}
        error={error}
        helperText={helperText}
        slotProps={{ htmlInput: { inputMode: 'tel' } }}
      />
    </Box>
  );
}
