import type { Capabilities } from '../../../shared/cloud/wire.ts';
import { fieldsOf as fieldsOfUser, type UserFields } from '../../../shared/model/user.ts';
import type { UploadItem } from '../database/upload-repository.ts';
import type { FieldValues } from '../domain/merge.ts';
import { entityOf } from './entities.ts';
import { isKeyKept, TIME_NOT_KEPT } from './kept-key.ts';

/** The row of an upload as it is shown and sent. */
export function fieldsOf(item: UploadItem): UserFields {
  return fieldsOfUser({ ...item, welcomeEmailOn: '' });
}

/** Looked up and not found a row goes anew under the same key, so its answer may be a kept one too. */
export function isRepeat({ state, firstSentAt, attempts }: UploadItem): boolean {
  return state === 'unknown' || (firstSentAt === null && attempts > 0);
}

/** Sent now it makes no second user: it never went, or the cloud still knows it by its key. */
export function isSafe(
  now: number,
  { state, firstSentAt, sentKeyed }: UploadItem,
  capabilities: Capabilities,
): boolean {
  if (state !== 'unknown') return true;
  if (!capabilities.idempotencyKey || sentKeyed === null || sentKeyed === 0) return false;
  return isKeyKept(now - (firstSentAt ?? 0), sentKeyed === TIME_NOT_KEPT ? null : sentKeyed, capabilities);
}

/** A row repeats the way it went (L20). */
export function isKeyed({ sentKeyed }: UploadItem, { idempotencyKey }: Capabilities): boolean {
  return idempotencyKey && sentKeyed !== 0;
}

export function bodyOf(item: UploadItem, capabilities: Capabilities): Record<string, unknown> {
  const filled: FieldValues = Object.fromEntries(Object.entries(fieldsOf(item)).filter(([, value]) => value !== ''));
  const isReferenced = item.sentWithRef === null ? capabilities.externalRef : item.sentWithRef === 1;
  return { ...entityOf('user').body(filled), ...(isReferenced ? { externalRef: item.lid } : {}) };
}
