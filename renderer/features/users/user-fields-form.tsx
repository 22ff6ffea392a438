import LockOutlined from '@mui/icons-material/LockOutlined';
import Box from '@mui/material/Box';
import InputAdornment from '@mui/material/InputAdornment';
import TextField from '@mui/material/TextField';
import type { ReactNode } from 'react';
import type { AccountId } from '../../../shared/model/ids.ts';
import type { ChosenField, UserChoices } from '../../../shared/model/user-choices.ts';
import type { UserProblem } from '../../../shared/model/user-rules.ts';
import type { UserField, UserForm, UserFormField } from '../../../shared/model/user.ts';
import { PhoneField } from '../../components/phone-field.tsx';
import { countryName } from '../../text/country-names.ts';
import { userFieldLabels, userProblemText, userText } from '../../text/users-text.ts';
import { UserChoiceSelect, type ShownField } from './user-choice-select.tsx';
import { UserProducts } from './user-products.tsx';

type Props = {
  readonly accountId: AccountId;
  /** The user without what is being edited. */
  readonly record: UserForm;
  readonly values: UserForm;
  readonly problems: readonly UserProblem[];
  readonly isReadOnly: boolean;
  readonly locked: readonly UserField[];
  readonly lockReason: string;
  readonly required: readonly UserFormField[];
  readonly choices: UserChoices;
  /** Country of the account: where a number without a country code is taken to be. */
  readonly country: string;
  readonly onEdit: (field: UserFormField, value: string) => void;
  readonly noteOf?: (field: UserFormField) => ReactNode;
};

const PAIR = { display: 'grid', gap: '14px 12px', gridTemplateColumns: 'minmax(0, 1fr) minmax(0, 1fr)' };

/** The fields of a user, for the form New User and for an edit. */
export function UserFieldsForm(props: Props) {
  const { accountId, values, problems, isReadOnly, locked, lockReason, record, choices, onEdit, noteOf } = props;
  const shown = (field: UserFormField): ShownField => {
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
  const choice = (field: ChosenField, emptyLabel?: string): ReactNode => (
    <UserChoiceSelect
      {...shown(field)}
      {...(emptyLabel === undefined ? {} : { emptyLabel })}
      field={field}
      choices={choices}
      owned={record[field]}
      onChange={(value) => onEdit(field, value)}
    />
  );
  const hasSmsNumbers = choices.smsNumbers.length > 0 || record.smsNumber !== '';
  return (
    <Box sx={{ display: 'grid', gap: '14px' }}>
      <Box sx={PAIR}>
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
      <Box sx={PAIR}>
        {text('extension')}
        {choice('role')}
        {hasSmsNumbers && choice('smsNumber', userText.noSmsNumber)}
        {choice('language', userText.accountLanguage)}
        <Box sx={hasSmsNumbers ? { gridColumn: '1 / -1' } : {}}>{text('tags', userText.tagsNote)}</Box>
      </Box>
      <UserProducts {...{ accountId, record, choices, shown, onEdit }} />
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
