import { NavigationType, useBeforeUnload, useBlocker, type Location } from 'react-router';
import { ConfirmDialog } from './confirm-dialog.tsx';

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
  if (blocker.state !== 'blocked') return null;
  return (
    <ConfirmDialog
      title={text.title}
      body={text.body}
      confirm={text.leave}
      keep={text.stay}
      onConfirm={() => blocker.proceed()}
      onClose={() => blocker.reset()}
    />
  );
}

function isSaved({ state }: Location<unknown>): boolean {
  return typeof state === 'object' && state !== null && 'isSaved' in state;
}
