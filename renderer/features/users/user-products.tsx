import Box from '@mui/material/Box';
import FormControlLabel from '@mui/material/FormControlLabel';
import FormHelperText from '@mui/material/FormHelperText';
import Switch from '@mui/material/Switch';
import Typography from '@mui/material/Typography';
import { useId } from 'react';
import type { AccountId } from '../../../shared/model/ids.ts';
import { ASSIGNED, isTier, tierOf, type Seats } from '../../../shared/model/license.ts';
import type { UserChoices } from '../../../shared/model/user-choices.ts';
import type { UserForm, UserFormField } from '../../../shared/model/user.ts';
import { useEngineQuery } from '../../client/engine-query.ts';
import { productsText } from '../../text/users-text.ts';
import { licenseOffer, type LicenseOffer } from './license-offer.ts';
import { UserChoiceSelect, type ShownField } from './user-choice-select.tsx';

type Props = {
  readonly accountId: AccountId;
  /** The user without what is being edited. */
  readonly record: UserForm;
  readonly choices: UserChoices;
  readonly shown: (field: UserFormField) => ShownField;
  readonly onEdit: (field: UserFormField, value: string) => void;
};

/** BIL-4, BIL-5, USR-12: what the user is given of what the account has, and how much of it is left. */
export function UserProducts({ accountId, record, choices, shown, onEdit }: Props) {
  const heading = useId();
  const seats = useEngineQuery('users.seats', { accountId }).data?.seats;
  const mitelOne = shown('mitelOne');
  const template = shown('userTemplate');
  const hasNoTier = mitelOne.value === '' && record.mitelOne === '' && seats !== undefined && !hasTiers(seats);
  return (
    <Box
      component="section"
      aria-labelledby={heading}
      sx={{ display: 'grid', gap: '14px', pt: 1.5, borderTop: '1px solid', borderColor: 'divider' }}
    >
      <Typography id={heading} variant="h3">
        {productsText.section}
      </Typography>
      <UserChoiceSelect
        {...mitelOne}
        isClosed={hasNoTier}
        field="mitelOne"
        choices={choices}
        owned={record.mitelOne}
        emptyLabel={hasNoTier ? productsText.noLicenses : productsText.none}
        noteOf={(tier) =>
          seats && isTier(tier) ? licenseOffer(seats, `MITEL_ONE_${tier}`, record.mitelOne === tier) : null
        }
        onChange={(value) => onEdit('mitelOne', value)}
      />
      <LicenseSwitch
        {...shown('miteamMeetings')}
        owned={record.miteamMeetings}
        offer={seats && licenseOffer(seats, 'MITEAM_MEETINGS', record.miteamMeetings !== '')}
        onChange={(value) => onEdit('miteamMeetings', value)}
      />
      {(choices.userTemplates.length > 0 || record.userTemplate !== '') && (
        <UserChoiceSelect
          {...template}
          field="userTemplate"
          choices={choices}
          owned={record.userTemplate}
          emptyLabel={productsText.none}
          onChange={(value) => onEdit('userTemplate', value)}
        />
      )}
    </Box>
  );
}

type SwitchProps = ShownField & {
  readonly owned: string;
  /** Undefined until it is known. */
  readonly offer: LicenseOffer | undefined;
  readonly onChange: (value: string) => void;
};

function LicenseSwitch({ label, value, disabled, error, helperText, owned, offer, onChange }: SwitchProps) {
  const id = useId();
  const isOn = value !== '';
  return (
    <Box>
      <Box sx={{ display: 'flex', alignItems: 'center', gap: 1 }}>
        <FormControlLabel
          sx={{ flex: 1, mr: 0, ml: '-9px' }}
          label={label}
          disabled={disabled || (offer?.isClosed === true && !isOn)}
          control={
            <Switch
              checked={isOn}
              onChange={(event) => onChange(event.target.checked ? owned || ASSIGNED : '')}
              slotProps={{
                input: { 'aria-describedby': `${id}-offer ${id}-note`, ...(error ? { 'aria-invalid': true } : {}) },
              }}
            />
          }
        />
        <Typography id={`${id}-offer`} variant="caption" color="textSecondary">
          {offer?.text}
        </Typography>
      </Box>
      {helperText && (
        <FormHelperText id={`${id}-note`} error={error} sx={{ mt: '-5px' }}>
          {helperText}
        </FormHelperText>
      )}
    </Box>
  );
}

function hasTiers(seats: readonly Seats[]): boolean {
  return seats.some(({ license }) => tierOf(license) !== '');
}
