import type { OfflineCheck } from '../../shared/contract/offline.ts';
import { count, counted } from './numbers.ts';

export const offlineText = {
  title: 'Ready to leave the office?',
  ready: 'Ready',
  readyBody: 'Everything you pinned is on this laptop. You can go.',
  noted: 'Ready, with notes',
  notedBody: 'You can work without a network. Look at the notes below before you go.',
  notReady: 'Not ready yet',
  notReadyBody: (open: number) =>
    `${counted(open, 'point is', 'points are')} missing or old. Fetch everything now, while the cloud can be reached.`,
  fetching: 'Fetching what is pinned…',
  fetchNow: 'Fetch everything now',
  fetchStarted: 'Everything pinned is being fetched.',
  noNetwork:
    'The cloud cannot be reached at the moment, so nothing can be fetched. Connect first, then fetch everything.',
  workOffline: '“Work offline” is on, so nothing is fetched. Switch it off in the connection menu first.',
  checks: 'Checks',
  pin: 'Pin for offline',
  pinned: 'Pinned',
  unpin: 'Unpin',
  pinAccount: (name: string) => `Pin ${name} for offline`,
  unpinAccount: (name: string) => `Unpin ${name}`,
  nowPinned: (name: string) => `${name} is pinned: its users are fetched and kept on this laptop.`,
  nowUnpinned: (name: string) => `${name} is no longer pinned. What is on this laptop stays until it is old.`,
  column: 'PIN',
  choose: 'Choose accounts',
  openOutbox: 'Open Outbox',
  openUsers: 'Open users',
} as const;

export const offlineStates: Readonly<Record<OfflineCheck['state'], string>> = {
  ready: 'Ready',
  missing: 'Missing',
  stale: 'Old',
  warning: 'Note',
};

type Words = { readonly title: string; readonly body: string };

/** One line: what was looked at, what was found, and what to do about it. */
export function checkWords(check: OfflineCheck): Words {
  const { what, state, count: number, accountName } = check;
  const total = number ?? 0;
  switch (what) {
    case 'sign-in':
      return { title: 'Sign-in', body: signInBody(state) };
    case 'accounts':
      return {
        title: 'Accounts',
        body: fetchedBody(state, counted(total, 'account', 'accounts'), 'The list of accounts was never fetched.'),
      };
    case 'pinned-account':
      return {
        title: accountName,
        body: fetchedBody(state, counted(total, 'user', 'users'), 'Its users are not on this laptop yet.'),
      };
    case 'pins':
      return {
        title: 'Pinned accounts',
        body:
          state === 'missing'
            ? `No account is pinned, and ${counted(total, 'account has', 'accounts have')} no users on this laptop yet. Pin those you are going to visit, or fetch everything now.`
            : 'No account is pinned. Pin those you are going to visit: their users are then kept complete on this laptop.',
      };
    case 'queue':
      return {
        title: 'Outbox',
        body:
          state === 'ready'
            ? 'Every change made here has reached the cloud.'
            : `${counted(total, 'change has', 'changes have')} not been sent. They are safe here, but colleagues do not see them yet.`,
      };
    case 'attention':
      return {
        title: 'Decisions',
        body:
          state === 'ready'
            ? 'Nothing waits for a decision.'
            : `${counted(total, 'change needs', 'changes need')} you. Conflicts are easier to decide while you can ask your colleagues.`,
      };
    case 'storage':
      return {
        title: 'Space on this laptop',
        body:
          state === 'ready'
            ? 'There is enough room.'
            : `Only ${count(total)} MB are free. Free some space before you go.`,
      };
  }
}

function signInBody(state: OfflineCheck['state']): string {
  if (state === 'ready') return 'You are signed in, and stay so when the console is closed.';
  if (state === 'warning')
    return 'You are signed in until the console is closed: this computer has no place to keep the sign-in. Leave the console open, or sign in again on site to send.';
  return 'Nobody is signed in. Everything opens, but nothing can be sent on site until you sign in. Sign in now.';
}

function fetchedBody(state: OfflineCheck['state'], what: string, missing: string): string {
  if (state === 'missing') return `${missing} Fetch everything now.`;
  return state === 'stale'
    ? `${what} on this laptop, but older than half a day. Fetch everything now.`
    : `${what} on this laptop.`;
}
