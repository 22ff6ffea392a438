import type { AppContract } from '../../../shared/contract/contract.ts';
import type { OfflineCheck } from '../../../shared/contract/offline.ts';
import type { AccountId } from '../../../shared/model/ids.ts';
import type { Handlers } from '../../../shared/rpc/dispatcher.ts';
import { done, refuse } from '../../../shared/rpc/outcome.ts';
import { isoTime } from '../runtime/clock.ts';
import { scopeKey } from '../sync/scope-key.ts';
import type { EngineContext } from './engine-context.ts';

/** Older than a working day counts as stale: the technician leaves in the morning. */
const STALE_MS = 12 * 3_600_000;

export const offline: Handlers<AppContract, EngineContext>['offline'] = {
  state(_input, context) {
    const { repositories, session, clock } = context;
    const pinned = repositories.pins.of(session.actor()).map(({ accountLid, pinnedAt }) => ({
      ...scopeOf(accountLid, context),
      accountId: accountLid as AccountId,
      pinnedAt,
    }));
    const checks = [
      signIn(context),
      accountsList(context),
      ...(pinned.length === 0 ? [noPins(context)] : pinned.map((pin) => pinnedAccount(pin, context))),
      queue(context),
      attention(context),
    ];
    return {
      pinned,
      isReady: checks.every(({ state }) => state === 'ready' || state === 'warning'),
      checks,
      now: isoTime(clock.now()),
    };
  },
  pin({ accountIds, pinned }, { repositories, session, clock, scheduler, changed }) {
    const missing = accountIds.find((id) => !repositories.accounts.key(id));
    if (missing !== undefined && pinned) return refuse('account.not-found', missing);
    const actor = session.actor();
    const at = isoTime(clock.now());
    repositories.journal.write((tx) => {
      for (const id of accountIds) {
        if (pinned) repositories.pins.add(tx, actor, id, at);
        else repositories.pins.remove(tx, actor, id);
      }
    });
    changed('offline', 'accounts');
    if (pinned) scheduler.wake('person');
    return done({ pinnedCount: repositories.pins.of(actor).length });
  },
  prepare(_input, { scheduler }) {
    scheduler.wake('person');
    return done({});
  },
};

type Pinned = ReturnType<typeof scopeOf> & { readonly accountId: AccountId };

function scopeOf(accountLid: string, { repositories, scheduler }: EngineContext) {
  const account = repositories.accounts.key(accountLid);
  // An account that exists only here has nothing over there to be fetched.
  const isOnlyHere = account !== null && account.sid === null;
  const cursor = repositories.cursors.get(scopeKey(account?.sid ?? ''));
  return {
    name: account?.name ?? '',
    isComplete: isOnlyHere || cursor.syncedAt !== null,
    syncedAt: isOnlyHere ? null : cursor.syncedAt,
    userCount: account && (isOnlyHere || cursor.syncedAt !== null) ? repositories.users.countIn(account.rowid) : null,
    isFetching: account?.sid !== undefined && account.sid !== null && scheduler.fetching() === scopeKey(account.sid),
  };
}

function line(
  what: OfflineCheck['what'],
  state: OfflineCheck['state'],
  more: Partial<OfflineCheck> = {},
): OfflineCheck {
  return { what, state, accountId: null, accountName: '', syncedAt: null, count: null, isFetching: false, ...more };
}

function signIn({ session }: EngineContext): OfflineCheck {
  // Without a sign-in all work goes on, but nothing can be sent from the site until somebody signs in there (SES-3).
  if (session.status() !== 'signed-in') return line('sign-in', 'missing');
  return line('sign-in', session.isKeptBetweenStarts() ? 'ready' : 'warning');
}

function accountsList({ repositories, clock, scheduler }: EngineContext): OfflineCheck {
  const { syncedAt } = repositories.cursors.get(scopeKey(null));
  const state = freshness(syncedAt, clock.now());
  const count = repositories.accounts.all().length;
  return line('accounts', state, { syncedAt, count, isFetching: scheduler.fetching() === scopeKey(null) });
}

function pinnedAccount(pin: Pinned, { clock }: EngineContext): OfflineCheck {
  const { accountId, name, syncedAt, userCount, isFetching, isComplete } = pin;
  const state = isComplete && syncedAt === null ? 'ready' : freshness(syncedAt, clock.now());
  return line('pinned-account', state, { accountId, accountName: name, syncedAt, count: userCount, isFetching });
}

function freshness(syncedAt: string | null, now: number): OfflineCheck['state'] {
  if (syncedAt === null) return 'missing';
  return now - Date.parse(syncedAt) > STALE_MS ? 'stale' : 'ready';
}

/** Without pins the laptop is only as ready as what it happens to have: an account whose users never came is not. */
function noPins({ repositories }: EngineContext): OfflineCheck {
  const { accounts, cursors } = repositories;
  const unfetched = accounts.all().filter(({ sid }) => sid !== null && cursors.get(scopeKey(sid)).syncedAt === null);
  return line('pins', unfetched.length > 0 ? 'missing' : 'warning', { count: unfetched.length });
}

function queue({ repositories, session }: EngineContext): OfflineCheck {
  const actor = session.actor();
  const { waitingCount } = repositories.outbox.counts(actor, null);
  const count = waitingCount + repositories.uploads.waitingCount(actor, null).waitingCount;
  return line('queue', count === 0 ? 'ready' : 'warning', { count });
}

function attention({ repositories, session }: EngineContext): OfflineCheck {
  const actor = session.actor();
  const { attentionCount } = repositories.outbox.counts(actor, null);
  const count = attentionCount + repositories.uploads.waitingCount(actor, null).attentionCount;
  return line('attention', count === 0 ? 'ready' : 'warning', { count });
}
