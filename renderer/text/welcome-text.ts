import type { WelcomeObstacle } from '../../shared/model/user-group.ts';
import { count, counted } from './numbers.ts';
import { dateTimeText } from './times.ts';

const left: Readonly<Record<WelcomeObstacle, (users: number) => string>> = {
  'sent-before': (users) => `${counted(users, 'user was', 'users were')} sent one before.`,
  registered: (users) => `${counted(users, 'user has', 'users have')} registered already.`,
  'no-address': (users) => `${counted(users, 'user has', 'users have')} no e-mail address.`,
  refused: (users) => `${counted(users, 'row was', 'rows were')} refused by the cloud; there is no user yet.`,
  deleting: (users) => `${counted(users, 'user is', 'users are')} being deleted.`,
  gone: (users) => `${counted(users, 'user is', 'users are')} no longer there.`,
};

/** USR-7, in the portal's words. */
export const welcomeText = {
  label: 'Welcome Email',
  never: 'Not sent yet.',
  askedFor: (at: string) => `Asked for on ${dateTimeText(at)}.`,
  send: 'Send the welcome email',
  resend: 'Resend the welcome email',
  withUser: 'Send a welcome email',
  asked: (name: string) => `${name} is sent a welcome email as soon as the cloud can be reached.`,
  open: 'Welcome emails',
  ofAll: 'Send CloudLink welcome emails to all?',
  ofUpload: 'Send CloudLink welcome emails?',
  ready: (users: number) =>
    `${counted(users, 'user is', 'users are')} sent a CloudLink welcome email as soon as the cloud can be reached. Until one has left you can take it back.`,
  nobody: 'Nobody is left to send one to.',
  leftOut: 'Left out:',
  left,
  again: 'Also to users who were sent one before or have registered',
  confirm: (users: number) => (users === 0 ? 'Send' : `Send ${count(users)}`),
  cancel: 'Cancel',
  queued: (users: number) => `${counted(users, 'welcome email is', 'welcome emails are')} on the way.`,
} as const;
