import type { z } from 'zod';
import type { Command } from '../rpc/operation.ts';
import type { Permission } from '../model/permission.ts';

/** Every reason the engine may refuse a command. `renderer/text/refusals.ts` has one sentence for each. */
export const REFUSAL_CODES = [
  'permission.denied',
  'session.unreachable',
  'session.cancelled',
  'session.rejected',
  'session.wrong-credentials',
  'session.account-number-needed',
  'session.user-not-permitted',
  'session.changes-waiting',
  'session.already-running',
  'lock.locked',
  'lock.no-pin',
  'lock.wrong-pin',
  'lock.wait',
  'lock.pin-invalid',
  'lock.not-confirmed',
  'lock.other-person',
  'wipe.not-confirmed',
  'account.not-found',
  'account.invalid',
  'account.deactivated',
  'edit.nothing-changed',
  'edit.stale',
  'edit.field-locked',
  'user.not-found',
  'user.invalid',
  'user.email-in-use',
  'user.not-deletable',
  'user.being-deleted',
  'import.not-found',
  'import.file-gone',
  'import.file-changed',
  'import.file-unreadable',
  'import.file-too-large',
  'import.not-a-spreadsheet',
  'import.password-protected',
  'import.damaged',
  'import.expands-too-far',
  'import.too-many-rows',
  'import.too-many-columns',
  'import.empty',
  'import.no-email-column',
  'import.reader-stopped',
  'import.timed-out',
  'import.busy',
  'import.row-not-found',
  'import.nothing-to-upload',
  'import.nothing-to-undo',
  'welcome.nobody',
  'license.nobody',
  'license.none-left',
  'import.not-a-plan',
  'recipe.not-found',
  'recipe.name-invalid',
  'recipe.name-taken',
  'recipe.built-in',
  'recipe.too-many',
  'recipe.not-a-recipe',
  'recipe.newer',
  'file.not-writable',
  'report.no-pdf',
  'report.no-original',
  'report.original-gone',
  'report.original-changed',
  'report.read-again',
  'report.over-original',
  'report.sheet-unsafe',
  'change.not-found',
  'change.already-sent',
  'change.has-dependants',
  'change.depends',
  'conflict.moved',
  'conflict.invalid',
  'history.not-possible',
  'outbox.empty',
  'outbox.not-an-export',
  'outbox.other-person',
  'outbox.other-cloud',
  'outbox.accounts-missing',
  'file.gone',
  'job.not-found',
  'job.not-possible',
  'storage.full',
  'storage.rescued',
] as const;
export type RefusalCode = (typeof REFUSAL_CODES)[number];

/** Any write may find no room, or a file that must be rescued first (OFF-5). */
const STORAGE_REFUSALS = ['storage.full', 'storage.rescued'] as const;
type Always = 'permission.denied' | (typeof STORAGE_REFUSALS)[number];

/**
 * A command of this product: its refusals are listed above. One that needs a permission may always be denied, and every one may find
 * the store full or damaged.
 */
export function command<I extends z.ZodType, O extends z.ZodType, const R extends RefusalCode = never>(spec: {
  input: I;
  output: O;
  permission: Permission | null;
  refusals: readonly R[];
}): Command<I, O, R | Always, Permission> {
  return {
    kind: 'command',
    input: spec.input,
    output: spec.output,
    permission: spec.permission,
    refusals: [
      ...spec.refusals,
      ...(spec.permission === null ? [] : (['permission.denied'] as const)),
      ...STORAGE_REFUSALS,
    ],
  };
}
