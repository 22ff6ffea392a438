import { z } from 'zod';
import { accountId, importId } from './ids.ts';

/** Who is to be sent a welcome e-mail (USR-7): the new users of an upload (IMP-11), or all users of an account. */
export const welcomeWhom = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('upload'), id: importId }),
  z.strictObject({ kind: z.literal('account'), accountId }),
]);
export type WelcomeWhom = z.output<typeof welcomeWhom>;

/** Why somebody is not sent one. */
export const WELCOME_OBSTACLES = ['gone', 'refused', 'deleting', 'no-address', 'sent-before', 'registered'] as const;
export type WelcomeObstacle = (typeof WELCOME_OBSTACLES)[number];
