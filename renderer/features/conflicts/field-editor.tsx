import MenuItem from '@mui/material/MenuItem';
import TextField from '@mui/material/TextField';
import { ACCOUNT_LANGUAGES, BUSINESS_TYPES } from '../../../shared/model/account.ts';
import { isEmail } from '../../../shared/model/email.ts';
import {
  choiceLabel,
  choicesFor,
  isChosen,
  type ChosenField,
  type UserChoices,
} from '../../../shared/model/user-choices.ts';
import { AddressChipsField } from '../../components/address-chips-field.tsx';
import { CountryField } from '../../components/country-field.tsx';
import { PhoneField } from '../../components/phone-field.tsx';
import { accountText } from '../../text/accounts-text.ts';
import { countries, countryName, languageName } from '../../text/country-names.ts';
import { fieldLabel } from '../../text/outbox-text.ts';
import { dateTimeText } from '../../text/times.ts';
import { productsText, userText } from '../../text/users-text.ts';

type Value = string | string[];
type Props = {
  readonly type: 'account' | 'user';
  readonly field: string;
  readonly value: Value;
  /** Country of the account: where a number without a country code is taken to be. */
  readonly country: string;
  readonly choices: UserChoices;
  readonly problem: string;
  readonly onChange: (value: Value) => void;
};

/** One field of a record with the control that its own form has. */
export function FieldEditor({ type, field, value, country, choices, problem, onChange }: Props) {
  const label = fieldLabel(type, field);
  const text = typeof value === 'string' ? value : value.join(', ');
  const shown = { label, error: problem !== '', helperText: problem, disabled: false, required: false };
  if (Array.isArray(value)) {
    return (
      <AddressChipsField
        {...shown}
        hint={accountText.contactsHint}
        values={value}
        isValid={isEmail}
        onChange={(contacts) => onChange([...contacts])}
      />
    );
  }
  if (field === 'country') return <CountryField {...shown} countries={countries()} value={text} onChange={onChange} />;
  if (field === 'mobile') {
    return (
      <PhoneField
        {...shown}
        codeLabel={userText.countryCode}
        countryName={countryName}
        value={text}
        country={country}
        onChange={onChange}
      />
    );
  }
  const options = optionsOf(field, text, choices);
  const hasNothing = options?.some(([option]) => option === '') === true;
  return (
    <TextField
      label={label}
      error={problem !== ''}
      helperText={problem}
      value={text}
      select={options !== null}
      onChange={(event) => onChange(event.target.value)}
      slotProps={{
        htmlInput: { dir: 'auto', spellCheck: false },
        ...(hasNothing ? { inputLabel: { shrink: true }, select: { displayEmpty: true } } : {}),
      }}
    >
      {options?.map(([option, name]) => (
        <MenuItem key={option} value={option}>
          {name}
        </MenuItem>
      ))}
    </TextField>
  );
}

/** What can be chosen; the present value too when it is none of ours. Null: any text. */
function optionsOf(
  field: string,
  current: string,
  choices: UserChoices,
): readonly (readonly [string, string])[] | null {
  const named = (options: readonly string[], name: (option: string) => string) =>
    (options.includes(current) ? options : [current, ...options]).map((option) => [option, name(option)] as const);
  if (isChosen(field)) {
    const offered = choicesFor(field, choices);
    return field === 'role'
      ? named(offered, (option) => choiceLabel(field, option))
      : named(['', ...offered], (option) => choiceLabel(field, option) || emptyLabel(field));
  }
  switch (field) {
    // A time is not written by hand: mine or theirs.
    case 'welcomeEmailOn':
      return named([], dateTimeText);
    case 'languageCode':
      return named(ACCOUNT_LANGUAGES, languageName);
    case 'businessType':
      return named(['', ...BUSINESS_TYPES], (option) => option || accountText.none);
    default:
      return null;
  }
}

function emptyLabel(field: ChosenField): string {
  return field === 'language' ? userText.accountLanguage : productsText.none;
}
