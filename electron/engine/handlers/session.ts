import type { AppContract } from '../../../shared/contract/contract.ts';
import type { AccountId } from '../../../shared/model/ids.ts';
import type { Handlers } from '../../../shared/rpc/dispatcher.ts';
import { done, refuse } from '../../../shared/rpc/outcome.ts';
import { openLoopbackRedirect, type LoopbackRedirect } from '../remote/loopback-redirect.ts';
import { discardAll } from '../sync/discard.ts';
import type { SignInResult } from '../sync/session.ts';
import type { EngineContext } from './engine-context.ts';

const WAIT_FOR_BROWSER_MS = 10 * 60_000;
/** One browser sign-in at a time; a second click must not open a second page. */
const waiting = new WeakSet<EngineContext>();

export const session: Handlers<AppContract, EngineContext>['session'] = {
  state(_input, context) {
    const { config, session, repositories } = context;
    const identity = session.identity();
    const account = identity ? repositories.accounts.bySid(identity.accountSid) : null;
    const actor = session.actor();
    const waitingCount =
      repositories.outbox.counts(actor, null).waitingCount +
      repositories.uploads.waitingCount(actor, null).waitingCount;
    return {
      status: waiting.has(context) ? 'signing-in' : session.status(),
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
  async signInPartner(_input, context, signal) {
    if (waiting.has(context)) return refuse('session.already-running', 'a browser page is open');
    const { oauth, host, session, clock, changed } = context;
    waiting.add(context);
    changed('session');
    const patience = new AbortController();
    const stopTimer = clock.after(WAIT_FOR_BROWSER_MS, () => patience.abort());
    let redirect: LoopbackRedirect | null = null;
    try {
      redirect = await openLoopbackRedirect();
      const code = await oauth.startCode(redirect.redirectUri);
      await host.openExternal(code.url.href);
      const callback = await redirect.wait(AbortSignal.any([signal, patience.signal]));
      if (!callback) return refuse('session.cancelled', 'nobody came back from the browser');
      const result = await session.accept(await code.finish(callback));
      if (result.kind !== 'refused') return outcomeOf(result, context);
      if (result.error === 'access_denied') return refuse('session.cancelled', result.message);
      return refuse('session.rejected', result.message, { error: result.error });
    } finally {
      stopTimer();
      redirect?.close();
      waiting.delete(context);
      changed('session');
    }
  },
  async signInAdmin({ email, password, accountNumber }, context) {
    const grant = await context.oauth.password(email.trim(), password, accountNumber?.trim());
    const result = await context.session.accept(grant);
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
      return refuse('session.unreachable', result.message);
    case 'not-permitted':
      return refuse('session.user-not-permitted', result.name, { name: result.name });
  }
}
