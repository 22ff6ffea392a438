import type { AppContract } from '../../../shared/contract/contract.ts';
import type { lockOperations } from '../../../shared/contract/lock.ts';
import type { Handlers } from '../../../shared/rpc/dispatcher.ts';
import { done, refuse } from '../../../shared/rpc/outcome.ts';
import { countUnsent } from '../database/unsent-count.ts';
import type { GrantOutcome } from '../remote/oauth.ts';
import { isoTime } from '../runtime/clock.ts';
import type { PinResult } from '../sync/lock.ts';
import { signInByBrowser } from './browser-sign-in.ts';
import type { EngineContext } from './engine-context.ts';

const WIPE_WORD = 'wipe';

/** SES-5. */
export const lock: Pick<Handlers<AppContract, EngineContext>['session'], keyof typeof lockOperations> = {
  lockState: (_input, { lock, host, clock, repositories }) => ({
    ...lock.state(),
    canUseSystem: host.confirmPerson !== undefined,
    unsentCount: countUnsent(repositories.journal),
    now: isoTime(clock.now()),
  }),
  async setPin({ pin, currentPin }, { lock, session }) {
    const result = await lock.setPin(pin, currentPin, session.actor());
    return result.kind === 'invalid' ? refuse('lock.pin-invalid', 'too short or too long') : outcomeOf(result);
  },
  setAutoLock({ minutes }, { lock }) {
    lock.setAutoLock(minutes);
    return done({});
  },
  lock: (_input, { lock }) => (lock.lock() ? done({}) : refuse('lock.no-pin', 'no PIN is set')),
  unlock: async ({ pin }, { lock }) => {
    const result = await lock.unlock(pin);
    // Only a new PIN can be invalid.
    return result.kind === 'invalid' ? done({}) : outcomeOf(result);
  },
  async unlockBySystem(_input, { lock, host }) {
    if (!(await host.confirmPerson?.())) return refuse('lock.not-confirmed', 'the system did not confirm the person');
    lock.unlockAsProven(false);
    return done({});
  },
  async unlockBySignIn(input, context, signal) {
    if (input.way === 'browser') return signInByBrowser(context, signal, (grant) => unlockWith(grant, context));
    const grant = await context.oauth.password(input.email.trim(), input.password, input.accountNumber?.trim());
    if (grant.kind !== 'refused') return unlockWith(grant, context);
    return grant.error === 'account_required'
      ? refuse('session.account-number-needed', grant.message)
      : refuse('session.wrong-credentials', grant.message);
  },
  noteActivity(_input, { lock }) {
    lock.noteActivity();
    return done({});
  },
  async wipe({ what, confirm }, { lock, wipe }) {
    if (what === 'cache' && lock.isLocked()) return refuse('lock.locked', 'the console is locked');
    if (what === 'everything' && confirm.trim().toLowerCase() !== WIPE_WORD)
      return refuse('wipe.not-confirmed', 'the word was not typed');
    await wipe(what);
    return done({});
  },
};

function outcomeOf(result: Exclude<PinResult, { kind: 'invalid' }>) {
  switch (result.kind) {
    case 'done':
      return done({});
    case 'wrong':
      return refuse('lock.wrong-pin', 'wrong PIN', { retryAt: result.retryAt ?? '', failedCount: result.failedCount });
    case 'wait':
      return refuse('lock.wait', 'too many wrong PINs', { retryAt: result.retryAt });
  }
}

async function unlockWith(
  grant: Exclude<GrantOutcome, { kind: 'refused' }>,
  { session, lock, scheduler }: EngineContext,
) {
  // Whoever works here; else whoever has set the PIN. Another person must not get in by an account of their own.
  const result = await session.accept(grant, session.identity()?.sub ?? lock.owner());
  switch (result.kind) {
    case 'signed-in':
      lock.unlockAsProven(true);
      scheduler.wake('person');
      return done({});
    case 'unreachable':
      return refuse('session.unreachable', result.message);
    case 'not-permitted':
      return refuse('session.user-not-permitted', result.name, { name: result.name });
    case 'other-person':
      return refuse('lock.other-person', 'another person signed in');
    case 'refused':
      return refuse('session.wrong-credentials', result.message);
  }
}
