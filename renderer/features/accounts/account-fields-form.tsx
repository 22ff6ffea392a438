import MenuItem from '@mui/material/MenuItem';
import TextField from '@mui/material/TextField';
import type { ReactNode } from 'react';
import type { AccountProblem } from '../../../shared/model/account-rules.ts';
import {
  ACCOUNT_LANGUAGES,
  BUSINESS_TYPES,
  type AccountField,
  type AccountFields,
} from '../../../shared/model/account.ts';
import { isEmail } from '../../../shared/model/email.ts';
import { AddressChipsField } from '../../components/address-chips-field.tsx';
import { CountryField } from '../../components/country-field.tsx';
import { FormPanel } from '../../components/form-panel.tsx';
import { accountFieldLabels, accountProblemText, accountText } from '../../text/accounts-text.ts';
import { countries, languageName } from '../../text/country-names.ts';

type Props = {
  readonly values: AccountFields;
  readonly problems: readonly AccountProblem[];
  readonly isReadOnly: boolean;
  readonly onEdit: <F extends AccountField>(field: F, value: AccountFields[F]) => void;
  /** What stands below a field, such as a change that has not been sent. */
  readonly noteOf?: (field: AccountField) => ReactNode;
};

/** The panels Customer Information and Support Contacts, for a new account and for one that is there. */
export function AccountFieldsForm({ values, problems, isReadOnly, onEdit, noteOf }: Props) {
  const below = (field: AccountField): { error: boolean; helperText: ReactNode } => {
    const problem = problems.find((candidate) => candidate.field === field);
    const note = noteOf?.(field);
    return { error: problem !== undefined, helperText: problem ? accountProblemText(problem) : note };
  };
  const text = (field: Exclude<AccountField, 'supportContacts'>, isRequired: boolean): ReactNode => (
    <TextField
      label={accountFieldLabels[field]}
      value={values[field]}
      onChange={(event) => onEdit(field, event.target.value)}
      required={isRequired}
      disabled={isReadOnly}
      {...below(field)}
    />
  );
  const choice = (
    field: 'languageCode' | 'businessType',
    options: readonly string[],
    isRequired: boolean,
  ): ReactNode => (
    <TextField
      select
      label={accountFieldLabels[field]}
      value={values[field]}
      onChange={(event) => onEdit(field, event.target.value)}
      required={isRequired}
      disabled={isReadOnly}
      {...below(field)}
    >
      {!isRequired && <MenuItem value="">{accountText.none}</MenuItem>}
      {withCurrent(options, values[field]).map((option) => (
        <MenuItem key={option} value={option}>
          {field === 'languageCode' ? languageName(option) : option}
        </MenuItem>
      ))}
    </TextField>
  );

  return (
    <>
      <FormPanel title={accountText.customer}>
        {text('name', true)}
        <CountryField
          label={accountFieldLabels.country}
          countries={countries()}
          value={values.country}
          onChange={(code) => onEdit('country', code)}
          disabled={isReadOnly}
          required
          {...below('country')}
        />
        {text('street', true)}
        {text('city', true)}
        {text('zipCode', true)}
        {text('stateOrProvince', false)}
        {choice('languageCode', ACCOUNT_LANGUAGES, true)}
        {choice('businessType', BUSINESS_TYPES, false)}
      </FormPanel>
      <FormPanel title={accountText.contacts} note={accountText.contactsNote} columns={1}>
        <AddressChipsField
          label={accountFieldLabels.supportContacts}
          hint={accountText.contactsHint}
          values={values.supportContacts}
          isValid={isEmail}
          onChange={(contacts) => onEdit('supportContacts', [...contacts])}
          disabled={isReadOnly}
          {...below('supportContacts')}
        />
      </FormPanel>
    </>
  );
}

// The cloud may hold a value that is not on our list; leaving it out would show it as empty.
function withCurrent(options: readonly string[], current: string): readonly string[] {
  return current === '' || options.includes(current) ? options : [current, ...options];
}
