import LockOutlined from '@mui/icons-material/LockOutlined';
import Box from '@mui/material/Box';
import InputAdornment from '@mui/material/InputAdornment';
import MenuItem from '@mui/material/MenuItem';
import TextField from '@mui/material/TextField';
import type { ReactNode } from 'react';
import { roleLabel } from '../../../shared/model/role.ts';
import type { UserProblem } from '../../../shared/model/user-rules.ts';
import type { UserField, UserForm, UserFormField } from '../../../shared/model/user.ts';
import { PhoneField } from '../../components/phone-field.tsx';
import { countryName } from '../../text/country-names.ts';
import { userFieldLabels, userProblemText, userText } from '../../text/users-text.ts';

type Props = {
  readonly values: UserForm;
  readonly problems: readonly UserProblem[];
  readonly isReadOnly: boolean;
  readonly locked: readonly UserField[];
  readonly lockReason: string;
  readonly required: readonly UserFormField[];
  /** The roles to choose from. */
  readonly roles: readonly string[];
  /** Country of the account: where a number without a country code is taken to be. */
  readonly country: string;
  readonly onEdit: (field: UserFormField, value: string) => void;
  readonly noteOf?: (field: UserFormField) => ReactNode;
};

/** The fields of a user, for the form New User and for an edit. */
export function UserFieldsForm(props: Props) {
  const { values, problems, isReadOnly, locked, lockReason, roles, onEdit, noteOf } = props;
  const shown = (field: UserFormField) => {
    const problem = problems.find((candidate) => candidate.field === field);
    const isLocked = locked.includes(field);
    const note = noteOf?.(field) ?? (isLocked ? lockReason : undefined);
    return {
      label: userFieldLabels[field],
      value: values[field],
      required: props.required.includes(field),
      disabled: isReadOnly || isLocked,
      error: problem !== undefined,
      helperText: problem ? userProblemText(problem) : note,
    };
  };
  const text = (field: UserFormField, hint?: string): ReactNode => {
    const { helperText, ...rest } = shown(field);
    return (
      <TextField
        {...rest}
        helperText={helperText ?? hint}
        onChange={(event) => onEdit(field, event.target.value)}
        slotProps={{
          htmlInput: { dir: 'auto', spellCheck: false },
          input: locked.includes(field) ? { endAdornment: <LockMark /> } : {},
        }}
      />
    );
  };
  const role = shown('role');
  return (
    <Box sx={{ display: 'grid', gap: '14px' }}>
      <Box sx={{ display: 'grid', gap: '14px 12px', gridTemplateColumns: 'minmax(0, 1fr) minmax(0, 1fr)' }}>
        {text('firstName')}
        {text('lastName')}
      </Box>
      {text('name', userText.nameNote)}
      {text('email')}
      <PhoneField
        {...shown('mobile')}
        codeLabel={userText.countryCode}
        countryName={countryName}
        country={props.country}
        onChange={(value) => onEdit('mobile', value)}
      />
      <Box sx={{ display: 'grid', gap: '14px 12px', gridTemplateColumns: 'minmax(0, 1fr) minmax(0, 1fr)' }}>
        {text('extension')}
        <TextField select {...role} onChange={(event) => onEdit('role', event.target.value)}>
          {(roles.includes(values.role) ? roles : [values.role, ...roles]).map((option) => (
            <MenuItem key={option} value={option}>
              {roleLabel(option)}
            </MenuItem>
          ))}
        </TextField>
      </Box>
    </Box>
  );
}

function LockMark() {
  return (
    <InputAdornment position="end">
      <LockOutlined sx={{ fontSize: 16 }} />
    </InputAdornment>
  );
}
