import Alert from '@mui/material/Alert';
import type { ImportId } from '../../../shared/model/ids.ts';
import { missingOf } from '../../../shared/model/user-group.ts';
import { useEngineQuery } from '../../client/engine-query.ts';
import { LicenseSeats } from '../../components/license-seats.tsx';
import { licenseText } from '../../text/license-text.ts';
import { planText } from '../../text/plan-text.ts';

/** IMP-11: whether the account has the licenses that the rows give. Nothing when they give none. */
export function PlanSeats({ id }: { readonly id: ImportId }) {
  const seats = useEngineQuery('imports.seats', { id }).data?.seats ?? [];
  const given = seats.filter(({ needed }) => needed !== 0);
  if (given.length === 0) return null;
  const missing = missingOf(given);
  return (
    <>
      <LicenseSeats seats={given} text={licenseText} />
      {missing > 0 && <Alert severity="warning">{planText.missingLicenses(missing)}</Alert>}
    </>
  );
}
