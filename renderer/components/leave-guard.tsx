import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import { NavigationType, useBeforeUnload, useBlocker, type Location } from 'react-router';
import { focusOnMount } from './focus-on-mount.ts';

export type LeaveText = {
  readonly title: string;
  readonly body: string;
  readonly stay: string;
  readonly leave: string;
};

/** Options of the navigation that follows a save: what was entered is safe, although the form still holds it. */
export const afterSaving = { state: { isSaved: true } } as const;

/** Asks before unsaved input is left behind, whether by a link, the keyboard or closing the window. */
export function LeaveGuard({ when, text }: { readonly when: boolean; readonly text: LeaveText }) {
  const blocker = useBlocker(
    ({ currentLocation, nextLocation, historyAction }) =>
      when &&
      currentLocation.pathname !== nextLocation.pathname &&
      !(historyAction === NavigationType.Push && isSaved(nextLocation)),
  );
  useBeforeUnload((event) => {
    if (when) event.preventDefault();
  });
  return (
    <Dialog open={blocker.state === 'blocked'} onClose={() => blocker.reset?.()} aria-labelledby="leave-title">
      <DialogTitle id="leave-title">{text.title}</DialogTitle>
      <DialogContent>{text.body}</DialogContent>
      <DialogActions>
        <Button color="error" onClick={() => blocker.proceed?.()}>
          {text.leave}
        </Button>
        <Button variant="contained" ref={focusOnMount} onClick={() => blocker.reset?.()}>
          {text.stay}
        </Button>
      </DialogActions>
    </Dialog>
  );
}

function isSaved({ state }: Location<unknown>): boolean {
  return typeof state === 'object' && state !== null && 'isSaved' in state;
}
