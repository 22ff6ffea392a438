import Autocomplete from '@mui/material/Autocomplete';
import TextField from '@mui/material/TextField';
import { useState } from 'react';
import type { AccountId } from '../../../shared/model/ids.ts';
import { useEngineQuery } from '../../client/engine-query.ts';
import { historyText } from '../../text/history-text.ts';

type Named = { readonly id: AccountId; readonly name: string };
type Props = { readonly value: Named | null; readonly onChange: (account: Named | null) => void };

/** One account of many, found as it is typed. */
export function AccountFilter({ value, onChange }: Props) {
  const [typed, setTyped] = useState('');
  const search = typed === value?.name ? '' : typed.trim();
  const { data } = useEngineQuery('accounts.list', { state: 'ACTIVE', search, limit: 50 }, { keepPrevious: true });
  const options: readonly Named[] = (data?.rows ?? []).map(({ id, name }) => ({ id, name }));
  return (
    <Autocomplete
      options={options}
      value={value}
      inputValue={typed}
      onInputChange={(_, text) => setTyped(text)}
      onChange={(_, account) => onChange(account)}
      filterOptions={(all) => all}
      getOptionLabel={({ name }) => name}
      getOptionKey={({ id }) => id}
      isOptionEqualToValue={(left, right) => left.id === right.id}
      noOptionsText={historyText.noAccounts}
      size="small"
      sx={{ width: 300 }}
      renderInput={(params) => (
        <TextField {...params} label={historyText.account} placeholder={historyText.allAccounts} />
      )}
    />
  );
}
