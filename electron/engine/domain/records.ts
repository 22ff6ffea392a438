import type { AccountFields } from '../../../shared/model/account.ts';
import type { Assignables } from '../../../shared/model/assignables.ts';
import type { UserFields } from '../../../shared/model/user.ts';

/** What every record of the server carries. `rev` grows with every change; with it a late page never overwrites a newer value. */
export type ServerMark = {
  readonly sid: string;
  readonly etag: string | null;
  readonly rev: number | null;
  readonly externalRef: string | null;
  readonly createdAt: string | null;
  readonly modifiedAt: string | null;
  readonly modifiedBy: string;
};

export type ServerAccount = ServerMark & {
  readonly fields: AccountFields;
  readonly accountNumber: string;
  readonly isPartnerAccount: boolean;
  readonly isActive: boolean;
  readonly source: string;
  readonly cloudLocation: string;
  readonly sapCustomerNumber: string;
  readonly pbxType: string;
  readonly customRoles: readonly string[];
  readonly assignables: Assignables;
  readonly isGuestAccessAllowed: boolean;
  readonly isDelegatedAuthenticationAllowed: boolean;
  readonly userLimit: number;
  readonly createdBy: string;
};

export type ServerUser = ServerMark & {
  readonly fields: UserFields;
  readonly accountSid: string;
  readonly source: string;
  readonly isRegistered: boolean;
};

/** The order and the meaning of the `pending` column. */
export const PENDING_CODES = [null, 'new', 'changed', 'deleting', 'attention'] as const;
export type PendingCode = 0 | 1 | 2 | 3 | 4;

/** What queued changes put over a server record. */
export type Overlay<F> = { readonly patch: Partial<F>; readonly pending: PendingCode };

type Revision = { readonly rev: number | null; readonly modifiedAt: string | null };

/**
 * Is what arrives older than what is known? By `rev` where the server has it, else by the time of its last change.
 * In doubt it counts as newer: better to write once too often than to miss a change.
 */
export function compareMarks(arriving: Revision, known: Revision): 'older' | 'same' | 'newer' {
  if (arriving.rev !== null && known.rev !== null) return sorted(arriving.rev, known.rev);
  if (arriving.modifiedAt === null || known.modifiedAt === null) return 'newer';
  // Two changes within one tick of the server's clock look the same; only an earlier time proves an older record.
  return arriving.modifiedAt < known.modifiedAt ? 'older' : 'newer';
}

function sorted(a: number, b: number): 'older' | 'same' | 'newer' {
  if (a === b) return 'same';
  return a < b ? 'older' : 'newer';
}

/** The same revision is here already as it is. Its ETag counts: one that a cache on the way made up would be refused for ever. */
export function isShown(
  known: { readonly sid: string | null; readonly etag: string | null; readonly pending: number },
  arriving: { readonly etag: string | null },
  pending: number,
): boolean {
  return known.sid !== null && known.etag === arriving.etag && known.pending === pending;
}
