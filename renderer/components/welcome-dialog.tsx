import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Checkbox from '@mui/material/Checkbox';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogContentText from '@mui/material/DialogContentText';
import DialogTitle from '@mui/material/DialogTitle';
import FormControlLabel from '@mui/material/FormControlLabel';
import Skeleton from '@mui/material/Skeleton';
import Typography from '@mui/material/Typography';
import { WELCOME_OBSTACLES, type WelcomeObstacle } from '../../shared/model/user-group.ts';
import { focusOnMount } from './focus-on-mount.ts';

type Props = {
  readonly title: string;
  readonly text: {
    readonly ready: (users: number) => string;
    readonly nobody: string;
    readonly leftOut: string;
    readonly left: Readonly<Record<WelcomeObstacle, (users: number) => string>>;
    readonly again: string;
    readonly confirm: (users: number) => string;
    readonly cancel: string;
  };
  /** Null: still being counted. */
  readonly plan: { readonly readyCount: number; readonly left: Readonly<Record<WelcomeObstacle, number>> } | null;
  readonly again: boolean;
  /** Some are left out because they need none. */
  readonly mayAgain: boolean;
  readonly isRunning: boolean;
  readonly problem: string;
  readonly onAgain: (again: boolean) => void;
  readonly onSend: () => void;
  readonly onClose: () => void;
};

/** USR-7, IMP-11: says who is sent an e-mail and who is not, before anybody is. */
export function WelcomeDialog(props: Props) {
  const { title, text, plan, again, mayAgain, isRunning, problem, onAgain, onSend, onClose } = props;
  const obstacles = WELCOME_OBSTACLES.filter((one) => (plan?.left[one] ?? 0) > 0);
  return (
    <Dialog open fullWidth maxWidth="sm" onClose={onClose} aria-labelledby="welcome-title">
      <DialogTitle id="welcome-title">{title}</DialogTitle>
      {/* As high as with reasons: nothing jumps when the count is there. */}
      <DialogContent sx={{ minHeight: 168 }}>
        {!plan && <Skeleton variant="rounded" height={56} />}
        {plan && (
          <DialogContentText color="textPrimary">
            {plan.readyCount > 0 ? text.ready(plan.readyCount) : text.nobody}
          </DialogContentText>
        )}
        {plan && obstacles.length > 0 && (
          <>
            <Typography sx={{ mt: 1.5 }}>{text.leftOut}</Typography>
            <Box component="ul" sx={{ pl: 2.5, my: 0.5 }}>
              {obstacles.map((one) => (
                <li key={one}>{text.left[one](plan.left[one] ?? 0)}</li>
              ))}
            </Box>
          </>
        )}
        {mayAgain && (
          <FormControlLabel
            sx={{ mt: 1 }}
            control={<Checkbox checked={again} onChange={(event) => onAgain(event.target.checked)} />}
            label={text.again}
          />
        )}
        {problem && (
          <Typography role="alert" color="error" sx={{ mt: 1 }}>
            {problem}
          </Typography>
        )}
      </DialogContent>
      <DialogActions>
        <Button ref={focusOnMount} onClick={onClose}>
          {text.cancel}
        </Button>
        <Button variant="contained" disabled={!plan || plan.readyCount === 0} loading={isRunning} onClick={onSend}>
          {text.confirm(plan?.readyCount ?? 0)}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
