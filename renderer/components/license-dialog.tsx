import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogContentText from '@mui/material/DialogContentText';
import DialogTitle from '@mui/material/DialogTitle';
import MenuItem from '@mui/material/MenuItem';
import Skeleton from '@mui/material/Skeleton';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { ASSIGNED, MITEL_ONE_TIERS, type License } from '../../shared/model/license.ts';
import {
  LICENSE_OBSTACLES,
  missingOf,
  type LicenseChange,
  type LicenseObstacle,
  type NeededSeats,
} from '../../shared/model/user-group.ts';
import { focusOnMount } from './focus-on-mount.ts';
import { LicenseSeats, type SeatsText } from './license-seats.tsx';

type Plan = {
  readonly readyCount: number;
  readonly left: Readonly<Record<LicenseObstacle, number>>;
  readonly seats: readonly NeededSeats[];
};
type Props = {
  readonly title: string;
  readonly text: SeatsText & {
    readonly mitelOne: string;
    readonly meetings: string;
    readonly unchanged: string;
    readonly unassignAll: string;
    readonly tier: (tier: string, free: number) => string;
    readonly assign: (free: number) => string;
    readonly choose: string;
    readonly ready: (users: number) => string;
    readonly nobody: string;
    readonly none: string;
    readonly leftOut: string;
    readonly left: Readonly<Record<LicenseObstacle, (users: number) => string>>;
    readonly missing: (licenses: number) => string;
    readonly confirm: (users: number) => string;
    readonly cancel: string;
  };
  /** Null: still being counted. */
  readonly plan: Plan | null;
  readonly change: LicenseChange;
  readonly isRunning: boolean;
  readonly problem: string;
  readonly onChange: (change: LicenseChange) => void;
  readonly onSend: () => void;
  readonly onClose: () => void;
};

const UNCHANGED = 'UNCHANGED';
const UNASSIGN = 'UNASSIGN';

/** BIL-4, BIL-5, IMP-11: what becomes of the licenses of many users, and whether there are enough, before anything does. */
export function LicenseDialog(props: Props) {
  const { title, text, plan, change, isRunning, problem, onChange, onSend, onClose } = props;
  const seats = plan?.seats ?? [];
  const free = (license: License): number => {
    const one = seats.find((known) => known.license === license);
    return one ? Math.max(0, one.total - one.assigned) : 0;
  };
  const choose = (field: keyof LicenseChange, value: string): void => {
    const { [field]: _before, ...others } = change;
    const next = value === UNCHANGED ? {} : { [field]: value === UNASSIGN ? '' : value };
    onChange({ ...others, ...next });
  };
  const shown = (value: string | undefined): string => (value === undefined ? UNCHANGED : value || UNASSIGN);
  const ways = [
    <MenuItem key={UNCHANGED} value={UNCHANGED}>
      {text.unchanged}
    </MenuItem>,
    <MenuItem key={UNASSIGN} value={UNASSIGN}>
      {text.unassignAll}
    </MenuItem>,
  ];
  const missing = missingOf(seats);
  const isAsked = Object.keys(change).length > 0;
  const obstacles = LICENSE_OBSTACLES.filter((one) => isAsked && (plan?.left[one] ?? 0) > 0);
  return (
    <Dialog open fullWidth maxWidth="sm" onClose={onClose} aria-labelledby="license-title">
      <DialogTitle id="license-title">{title}</DialogTitle>
      {/* As high as with reasons: nothing jumps when the count is there. */}
      <DialogContent sx={{ display: 'grid', gap: 2, alignContent: 'start', minHeight: 350 }}>
        <Box sx={{ display: 'grid', gap: '14px 12px', gridTemplateColumns: '1fr 1fr', pt: 1 }}>
          <TextField
            select
            label={text.mitelOne}
            inputRef={focusOnMount}
            value={shown(change.mitelOne)}
            onChange={(event) => choose('mitelOne', event.target.value)}
          >
            {ways}
            {MITEL_ONE_TIERS.map((tier) => (
              <MenuItem key={tier} value={tier}>
                {text.tier(tier, free(`MITEL_ONE_${tier}`))}
              </MenuItem>
            ))}
          </TextField>
          <TextField
            select
            label={text.meetings}
            value={shown(change.miteamMeetings)}
            onChange={(event) => choose('miteamMeetings', event.target.value)}
          >
            {ways}
            <MenuItem value={ASSIGNED}>{text.assign(free('MITEAM_MEETINGS'))}</MenuItem>
          </TextField>
        </Box>
        {!plan && <Skeleton variant="rounded" height={160} />}
        {plan && seats.length === 0 && <Alert severity="info">{text.none}</Alert>}
        {plan && seats.length > 0 && <LicenseSeats seats={seats} text={text} />}
        {plan && (
          <Box aria-live="polite">
            <DialogContentText color="textPrimary">
              {!isAsked ? text.choose : plan.readyCount > 0 ? text.ready(plan.readyCount) : text.nobody}
            </DialogContentText>
            {obstacles.length > 0 && (
              <>
                <Typography sx={{ mt: 1 }}>{text.leftOut}</Typography>
                <Box component="ul" sx={{ pl: 2.5, my: 0.5 }}>
                  {obstacles.map((one) => (
                    <li key={one}>{text.left[one](plan.left[one] ?? 0)}</li>
                  ))}
                </Box>
              </>
            )}
          </Box>
        )}
        {missing > 0 && <Alert severity="error">{text.missing(missing)}</Alert>}
        {problem && missing === 0 && <Alert severity="error">{problem}</Alert>}
      </DialogContent>
      <DialogActions>
        <Button onClick={onClose}>{text.cancel}</Button>
        <Button
          variant="contained"
          disabled={!plan || plan.readyCount === 0 || missing > 0}
          loading={isRunning}
          onClick={onSend}
        >
          {text.confirm(plan?.readyCount ?? 0)}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
