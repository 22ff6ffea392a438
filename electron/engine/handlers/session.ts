import type { AppContract } from '../../../shared/contract/contract.ts';
import type { AccountId } from '../../../shared/model/ids.ts';
import type { Handlers } from '../../../shared/rpc/dispatcher.ts';
import { done, refuse } from '../../../shared/rpc/outcome.ts';
import { discardAll } from '../sync/discard.ts';
import type { SignInResult } from '../sync/session.ts';
import { isBrowserOpen, signInByBrowser } from './browser-sign-in.ts';
import type { EngineContext } from './engine-context.ts';
import { lock } from './lock.ts';

export const session: Handlers<AppContract, EngineContext>['session'] = {
  ...lock,
  state(_input, context) {
    const { config, session, repositories } = context;
    const identity = session.identity();
    const account = identity ? repositories.accounts.bySid(identity.accountSid) : null;
    const actor = session.actor();
    const waitingCount =
      repositories.outbox.counts(actor, null).waitingCount +
      repositories.uploads.waitingCount(actor, null).waitingCount;
    return {
      status: isBrowserOpen(context) ? 'signing-in' : session.status(),
      identity: identity && {
        name: identity.name,
        email: identity.email,
        role: identity.role,
        accountId: (account?.lid ?? null) as AccountId | null,
        accountName: account?.name ?? '',
      },
      cloud: config.cloud,
      permissions: identity ? [...identity.permissions] : [],
      tokenStorage: session.isKeptBetweenStarts() ? 'keychain' : 'session-only',
      waitingCount,
    };
  },
  signInPartner: (_input, context, signal) =>
    signInByBrowser(context, signal, async (grant) => {
      const result = await context.session.accept(grant);
      return result.kind === 'refused'
        ? refuse('session.rejected', result.message, { error: result.error })
        : outcomeOf(result, context);
    }),
  async signInAdmin({ email, password, accountNumber }, context) {
    const result = await context.session.accept(context.oauth.password(email.trim(), password, accountNumber?.trim()));
    if (result.kind !== 'refused') return outcomeOf(result, context);
    return result.error === 'account_required'
      ? refuse('session.account-number-needed', result.message)
      : refuse('session.wrong-credentials', result.message);
  },
  async signOut({ waiting }, { session, repositories, jobs, clock, changed }) {
    const actor = session.actor();
    const count = repositories.outbox.counts(actor, null);
    const imported = repositories.uploads.waitingCount(actor, null);
    const total = count.waitingCount + count.attentionCount + imported.waitingCount + imported.attentionCount;
    if (waiting === 'ask' && total > 0)
      return refuse('session.changes-waiting', `${total} changes wait`, { count: total });
    if (waiting === 'discard') {
      for (const { importId } of repositories.uploads.list(actor, null)) {
        const job = repositories.jobs.openOfImport(importId);
        if (job) jobs.finish(job.id, 'cancelled');
      }
      discardAll(repositories, clock, actor);
    }
    await session.signOut();
    changed('session', 'sync', 'outbox', 'accounts', 'users', 'jobs', 'imports');
    return done({});
  },
};

function outcomeOf(result: Exclude<SignInResult, { kind: 'refused' }>, { scheduler, changed }: EngineContext) {
  changed('session', 'sync', 'outbox', 'accounts');
  switch (result.kind) {
    case 'signed-in':
      scheduler.wake('person');
      return done({ name: result.identity.name });
    case 'unreachable':
    case 'other-person':
      return refuse('session.unreachable', 'the cloud did not say who this is');
    case 'not-permitted':
      return refuse('session.user-not-permitted', result.name, { name: result.name });
  }
}
