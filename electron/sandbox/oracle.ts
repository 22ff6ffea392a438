import type { WireOperation } from '../../shared/cloud/wire.ts';
import { must } from '../../shared/lib/must.ts';
import { DEMO_PARTNER } from '../../shared/cloud/sandbox-control.ts';
import { accountBodies, userBodies } from './admin/bodies.ts';
import { createOperations } from './admin/batch.ts';
import { toCaller } from './admin/caller.ts';
import type { SandboxContext } from './context.ts';
import type { AccountRecord, LogEntry } from './database/records.ts';
import type { RequestRecord } from './http/request-record.ts';

/** What tests may know and do behind the API's back. Nothing here passes through HTTP, faults or Idempotency-Keys. */
export type SandboxOracle = {
  /** Every commit since the tenants were seeded, oldest first; with `after`, those with a higher seq. */
  log(after?: number): readonly LogEntry[];
  /** The requests that reached the server, the control service left out; the last 20,000. */
  requests(): readonly RequestRecord[];
  /** The sandbox's clock in milliseconds. */
  now(): number;
  accounts(): readonly Readonly<Record<string, unknown>>[];
  users(accountId: string): readonly Readonly<Record<string, unknown>>[];
  /** The partner assigns a custom role to one more account. */
  assignRole(accountId: string, role: string): void;
  /** Somebody else changes users: the same rules as a batch, done by the partner's technician. */
  apply(
    accountId: string,
    operations: readonly WireOperation[],
  ): readonly { readonly statusCode: number; readonly body?: unknown }[];
};

export function createOracle(context: SandboxContext, requests: () => readonly RequestRecord[]): SandboxOracle {
  const accountOf = (accountId: string): AccountRecord =>
    must(context.store.accounts.byId(accountId), `account ${accountId} of the sandbox`);
  const everything = { filter: null, isReferenceKnown: false, after: 0, skip: 0, limit: 10_000_000 } as const;
  return {
    log: (after = 0) => context.store.journal.after(after, 10_000_000),
    requests,
    now: context.now,
    accounts: () => context.store.accounts.page({ ...everything, only: null }).map(accountBodies(context)),
    users: (accountId) => {
      const account = accountOf(accountId);
      return context.store.users.page({ ...everything, account: account.position }).map(userBodies(context, account));
    },
    assignRole(accountId, role) {
      const account = accountOf(accountId);
      context.store.identities.assignRole(role, account.position);
      context.store.accounts.update({ ...account, rev: context.store.journal.nextRev() });
    },
    apply: (accountId, operations) => {
      const partner = must(context.store.accounts.partner(), 'the Partner Account');
      const technician = must(context.store.users.byEmail(partner.position, DEMO_PARTNER.email), 'the technician');
      const run = createOperations(context, {
        caller: toCaller(context, technician, partner),
        account: accountOf(accountId),
      });
      return operations.map((operation) => run(operation));
    },
  };
}
