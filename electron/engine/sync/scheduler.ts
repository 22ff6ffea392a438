import type { Repositories } from '../database/repositories.ts';
import { isoTime, type Clock } from '../runtime/clock.ts';
import type { Cloud } from './cloud.ts';
import type { Connection } from './connection.ts';
import type { PullResult, Puller } from './pull.ts';
import type { PushLoop } from './push-loop.ts';
import { scopeKey } from './scope-key.ts';
import { accountsScope, usersScope, type Scope } from './scopes.ts';
import type { Session } from './session.ts';
import { createTenantFeed } from './tenant-feed.ts';

export type Scheduler = {
  start(): void;
  stop(): Promise<void>;
  /** Something is there to send, or the person asks: tries at once, whatever the back-off says. */
  wake(reason: 'change' | 'person'): void;
  /** The account on the screen is brought up to date before the others. */
  prefer(accountLid: string | null): void;
  isSyncing(): boolean;
  /** When everything fetched so far was last known to be what the cloud has; null: not in this run. */
  lastLookAt(): number | null;
  /** The scope that is being fetched now. */
  fetching(): string | null;
  nextAttemptAt(): string | null;
  /** Sends what may go now, and comes back. For the command line. */
  push(signal: AbortSignal): Promise<void>;
  /** One pass over everything: sends, fetches, sends. For the command line. */
  once(signal: AbortSignal): Promise<'done' | 'interrupted'>;
};

const POLL_MS = 45_000;
/** However quiet the feed is: what it should have named and did not is found within this time. */
const FULL_EVERY_MS = 15 * 60_000;
const RETRY_MIN_MS = 2000;
const RETRY_MAX_MS = 60_000;

/** Two loops that do not wait for each other: what is sent never stands behind what is fetched. */
export function createScheduler(options: {
  readonly repositories: Repositories;
  readonly clock: Clock;
  readonly random: () => number;
  readonly connection: Connection;
  readonly session: Session;
  readonly cloud: Cloud;
  readonly puller: Puller;
  readonly pushLoop: PushLoop;
  readonly changed: () => void;
  readonly report: (where: string, error: unknown) => void;
  /** Without room on the disk nothing is sent or fetched: the outcome could not be kept. */
  readonly hasRoom: () => boolean;
}): Scheduler {
  const { hasRoom, repositories, clock, random, connection, session, cloud, puller, pushLoop, changed, report } =
    options;
  const stopped = new AbortController();
  let preferred: string | null = null;
  let pullFailures = 0;
  /** A person asks for everything; a poll only for what moved. */
  let isFullAsked = true;
  let lastFullAt = Number.NEGATIVE_INFINITY;
  let lastLookAt: number | null = null;
  let fetching: string | null = null;
  const feed = createTenantFeed({ repositories, cloud });
  const push = createLoop('push', pushRound);
  const pull = createLoop('pull', pullRound);

  function mayTalk(): boolean {
    return hasRoom() && !connection.isOffline() && session.status() === 'signed-in' && !stopped.signal.aborted;
  }

  async function pushRound(): Promise<number> {
    if (!hasRoom()) return Number.POSITIVE_INFINITY;
    const roundsBefore = pushLoop.rounds();
    const next = await pushLoop.run(stopped.signal);
    // Whoever has just uploaded a list waits to see it in the cloud's own (IMP-9), and not until the next poll.
    if (pushLoop.rounds() > roundsBefore && repositories.uploadRows.hasUnseen()) pull.wake();
    return next ?? Number.POSITIVE_INFINITY;
  }

  /** One look at the feed of the whole tenant, where there is one, and then only at what moved; else at everything (SYNC 3.9). */
  async function round(signal: AbortSignal, isFull: boolean): Promise<'done' | 'interrupted'> {
    const news = await feed.look(signal, isFull || clock.now() - lastFullAt > FULL_EVERY_MS);
    if (news === null) return 'interrupted';
    if (news.accounts?.size === 0 && nextScope(new Set(), news.accounts) === null) {
      lastLookAt = clock.now();
      return 'done';
    }
    const result = await pullAll(signal, news.accounts);
    if (result !== 'done') return result;
    news.remember();
    lastLookAt = clock.now();
    if (news.accounts === null) lastFullAt = clock.now();
    return result;
  }

  /** Returns when to look again. */
  async function pullRound(): Promise<number> {
    if (!mayTalk()) return Number.POSITIVE_INFINITY;
    const isFull = isFullAsked;
    isFullAsked = false;
    const result = await round(stopped.signal, isFull);
    pullFailures = result === 'done' ? 0 : pullFailures + 1;
    if (result === 'done') return clock.now() + POLL_MS * (0.9 + random() * 0.2);
    const pause = Math.min(RETRY_MAX_MS, RETRY_MIN_MS * 2 ** Math.min(pullFailures, 10)) * (0.5 + random() / 2);
    return Math.max(connection.gatedUntil(), clock.now() + pause);
  }

  /** Everything, the account on the screen and the pinned ones first; with a list, only what is on it and what was never complete. */
  async function pullAll(
    signal: AbortSignal,
    only: ReadonlySet<string> | null = null,
  ): Promise<'done' | 'interrupted'> {
    const accounts = await pullScope(accountsScope(repositories), signal);
    if (accounts === 'interrupted' || accounts === 'refused') return 'interrupted';
    push.wake();
    const done = new Set<string>();
    let isWhole = true;
    for (;;) {
      // Asked anew after every account: the person may have opened another one meanwhile.
      const scope = nextScope(done, only);
      if (!scope) return isWhole ? 'done' : 'interrupted';
      if (!mayTalk() || signal.aborted) return 'interrupted';
      done.add(scope.key);
      const result = await pullScope(scope, signal);
      if (result === 'interrupted') return 'interrupted';
      // What was named and not fetched is asked for again, behind all others.
      if (result === 'refused') isWhole = false;
    }
  }

  async function pullScope(scope: Scope, signal: AbortSignal): Promise<PullResult> {
    fetching = scope.key;
    changed();
    try {
      return await puller.pull(scope, signal);
    } finally {
      fetching = null;
    }
  }

  function nextScope(done: ReadonlySet<string>, only: ReadonlySet<string> | null): Scope | null {
    if (!session.may('users.view')) return null;
    const { accounts, cursors, pins } = repositories;
    const isWanted = (sid: string): boolean =>
      only === null || only.has(sid) || cursors.get(scopeKey(sid)).syncedAt === null;
    const open = accounts.all().filter(({ sid }) => sid !== null && !done.has(scopeKey(sid)) && isWanted(sid));
    const pinned = new Set(pins.of(session.actor()).map(({ accountLid }) => accountLid));
    const first = open.find(({ lid }) => lid === preferred) ?? open.find(({ lid }) => pinned.has(lid)) ?? open[0];
    return first?.sid ? usersScope(repositories, { ...first, sid: first.sid }) : null;
  }

  function createLoop(name: string, round: () => Promise<number>) {
    let isRunning = false;
    let isAsked = false;
    let nextAt: number | null = null;
    let cancelTimer: () => void = () => undefined;
    let settled: Promise<void> = Promise.resolve();

    async function turn(): Promise<void> {
      isRunning = true;
      changed();
      let next = Number.POSITIVE_INFINITY;
      do {
        isAsked = false;
        try {
          next = await round();
        } catch (error) {
          // A fault of ours must not end the loop: it is reported, and tried again later.
          report(name, error);
          next = clock.now() + RETRY_MAX_MS;
          if (!hasRoom()) next = Number.POSITIVE_INFINITY;
        }
      } while (isAsked && !stopped.signal.aborted);
      isRunning = false;
      arm(next);
      changed();
    }
    function arm(at: number): void {
      cancelTimer();
      nextAt = Number.isFinite(at) ? at : null;
      if (nextAt !== null && !stopped.signal.aborted)
        cancelTimer = clock.after(Math.max(0, nextAt - clock.now()), wake);
    }
    function wake(): void {
      if (stopped.signal.aborted) return;
      if (isRunning) {
        isAsked = true;
        return;
      }
      cancelTimer();
      nextAt = null;
      settled = turn();
    }
    return {
      wake,
      isRunning: () => isRunning,
      nextAt: () => nextAt,
      cancel: () => cancelTimer(),
      settled: () => settled,
    };
  }

  return {
    start() {
      push.wake();
      pull.wake();
    },
    async stop() {
      stopped.abort();
      push.cancel();
      pull.cancel();
      await Promise.all([push.settled(), pull.settled()]);
    },
    wake(reason) {
      if (reason === 'person') {
        connection.openGate();
        cloud.forgetCapabilities();
        pullFailures = 0;
        isFullAsked = true;
        repositories.journal.write((tx) => {
          repositories.outbox.hurry(tx, session.actor());
          repositories.uploads.hurry(tx);
        });
        pull.wake();
      }
      push.wake();
    },
    prefer(accountLid) {
      if (accountLid === preferred) return;
      preferred = accountLid;
      if (accountLid !== null && !pull.isRunning() && mayTalk()) pull.wake();
    },
    lastLookAt: () => lastLookAt,
    fetching: () => fetching,
    isSyncing: () => pull.isRunning() || push.isRunning(),
    nextAttemptAt() {
      const times = [push.nextAt(), pull.nextAt()].filter((at): at is number => at !== null);
      return times.length === 0 ? null : isoTime(Math.min(...times));
    },
    async push(signal) {
      await pushLoop.run(signal);
    },
    async once(signal) {
      const send = () => pushLoop.run(signal);
      const early = await send();
      const result = await pullAll(signal);
      const late = await send();
      return result === 'done' && (early === null || late === null) ? 'done' : 'interrupted';
    },
  };
}
