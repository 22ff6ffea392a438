import MenuItem from '@mui/material/MenuItem';
import TextField from '@mui/material/TextField';
import { EXISTING_CHOICES, existingChoice } from '../../../shared/model/import-row.ts';
import { useCommand } from '../../client/use-command.ts';
import { previewText } from '../../text/imports-text.ts';
import type { ImportHeader } from './import-header.ts';

/** IMP-7: what happens to rows whose address is in the account already. */
export function ExistingSelect({ header }: { readonly header: ImportHeader }) {
  const { run, isRunning } = useCommand('imports.setExisting');
  return (
    <TextField
      select
      size="small"
      label={previewText.existing}
      value={header.existing}
      disabled={isRunning}
      sx={{ width: 248 }}
      onChange={(event) =>
        void run({ id: header.id, existing: existingChoice.parse(event.target.value), rowIds: null })
      }
    >
      {EXISTING_CHOICES.map((choice) => (
        <MenuItem key={choice} value={choice}>
          {previewText.existingChoices[choice]}
        </MenuItem>
      ))}
    </TextField>
  );
}
