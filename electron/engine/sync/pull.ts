import type { Capabilities } from '../../../shared/cloud/wire.ts';
import type { Cursor } from '../database/cursor-repository.ts';
import type { Repositories } from '../database/repositories.ts';
import type { JobTracker } from '../jobs/job-tracker.ts';
import type { Answer } from '../remote/answer.ts';
import { turn } from '../runtime/turn.ts';
import { isoTime, type Clock } from '../runtime/clock.ts';
import { adopt } from './adopt.ts';
import { judgeArrivals, judgeGone } from './arrivals.ts';
import type { ChangeLedger } from './change-ledger.ts';
import { changesOf, type Cloud, type Page } from './cloud.ts';
import { ASKED_ROWS, confirmGone } from './confirm-gone.ts';
import { createPageReader, type PageReader } from './page-reader.ts';
import type { Gone, Scope } from './scopes.ts';
import { versionWatch } from './versions.ts';

/** `refused`: this scope for once, for a reason that may pass; others may go. */
export type PullResult = 'done' | 'interrupted' | 'refused' | 'not-permitted';

export type Puller = { pull(scope: Scope, signal: AbortSignal): Promise<PullResult> };

/** More than this at once is held back until a person or a second listing confirms it (SYNC 3.9). */
const BRAKE_ROWS = 500;
const BRAKE_SHARE = 0.05;
/** Listings shorter than this show no job: they are over before a person could read it. */
const SHOWN_FROM_PAGES = 2;
/** Rows written between two chances for a query: about 10 ms on a slow laptop (PERF 7). */
const SLICE_ROWS = 100;
/** A commit takes as long as a slice for every few hundred rows in it; more of them in one cost less each (PERF 1c). */
const SLICES_PER_COMMIT = 4;

/** Brings one scope up to date: by delta where the server has one, else by a full listing with a sweep. */
export function createPuller(options: {
  readonly repositories: Repositories;
  readonly cloud: Cloud;
  readonly clock: Clock;
  readonly jobs: JobTracker;
  readonly ledger: ChangeLedger;
  readonly changed: (scope: Scope) => void;
  /** Something has left the queue: what stood behind it may go. */
  readonly freed: () => void;
}): Puller {
  const { repositories, cloud, clock, jobs, ledger, changed, freed } = options;
  const { cache, cursors } = repositories;

  function get(path: string, signal: AbortSignal, onHead?: (head: string) => void): Promise<Answer> {
    return cloud.send({ method: 'GET', service: 'admin', path, signal, onHead });
  }

  /**
   * Writes a page in slices, so that no query waits longer than a slice takes, and commits them together. The cursor goes with the last
   * one: it is never ahead of the rows, and a page that broke off in the middle comes again and changes nothing that is known already.
   */
  async function apply(scope: Scope, bodies: readonly unknown[], gone: readonly Gone[], cursor: Cursor): Promise<void> {
    const tellsNew = cursors.get(scope.key).syncedAt !== null;
    const waitedFor: string[] = [];
    const steps = Math.max(1, Math.ceil(bodies.length / SLICE_ROWS), Math.ceil(gone.length / SLICE_ROWS));
    for (let step = 0; step < steps; step += 1) {
      const slice = <T>(all: readonly T[]) => all.slice(step * SLICE_ROWS, (step + 1) * SLICE_ROWS);
      const { adoptions, lost, lids } = cache.write((tx) => {
        const watch = versionWatch(tx, { repositories, clock }, 'there');
        const applied = scope.apply(tx, slice(bodies), { gen: cursor.gen, watch, tellsNew });
        waitedFor.push(...applied.waitedFor);
        const left = scope.remove(tx, slice(gone), watch);
        if (step === steps - 1) cursors.save(tx, scope.key, cursor);
        return { adoptions: applied.adoptions, lids: applied.lids, lost: left };
      }, 'stay-open');
      // What the journal learns from a slice is in the cache before.
      const isNews = adoptions.length + lost.length > 0;
      if (isNews || step === steps - 1 || step % SLICES_PER_COMMIT === SLICES_PER_COMMIT - 1) cache.settle();
      adopt(repositories, clock, adoptions);
      readBack(lids);
      scope.applied();
      judgeGone({ repositories, ledger }, lost);
      if (adoptions.length + lost.length > 0) freed();
      if (step < steps - 1) await turn();
    }
    judgeArrivals({ repositories, ledger }, waitedFor);
  }

  /** What an upload has made is seen in the cloud's own list (IMP-9). */
  function readBack(lids: readonly string[]): void {
    const { journal, uploadRows } = repositories;
    if (lids.length > 0 && uploadRows.hasUnseen()) journal.write((tx) => uploadRows.markVisible(tx, lids));
  }

  async function byDelta(scope: Scope, signal: AbortSignal): Promise<PullResult | 'expired'> {
    for (;;) {
      const cursor = cursors.get(scope.key);
      const answer = await get(`${scope.changesPath}?since=${encodeURIComponent(cursor.token ?? '')}`, signal);
      if (answer.kind === 'refused' && isTokenGone(answer)) return 'expired';
      if (answer.kind === 'refused') return answer.status === 403 ? 'not-permitted' : 'refused';
      const page = answer.kind === 'ok' ? changesOf(answer.body) : null;
      if (!page) return 'interrupted';
      const synced = { ...cursor, token: page.token, syncedAt: isoTime(clock.now()) };
      const bodies = page.items.filter(({ deleted }) => !deleted).map(({ body }) => body);
      const gone = page.items
        .filter(({ deleted }) => deleted)
        .map(({ id, reason }): Gone => ({ sid: id, why: reason === 'permission' ? 'hidden' : 'deleted' }));
      // Nothing new: the time of the last look is all there is to keep, and it is not worth a write (SYNC 5.5).
      // The old token is as good as the new one.
      if (page.items.length > 0 || page.hasMore || isOld(cursor, clock)) await apply(scope, bodies, gone, synced);
      if (!page.hasMore) scope.settled();
      if (page.items.length > 0) changed(scope);
      if (!page.hasMore) return 'done';
    }
  }

  /** The next look is a new listing from its first page. The generation goes on: what this one names is told from what is left over. */
  function restart(scope: Scope): void {
    const fresh = { ...cursors.get(scope.key), token: null, pageState: null, pendingToken: null };
    cache.write((tx) => cursors.save(tx, scope.key, fresh));
  }

  async function startListing(scope: Scope, capabilities: Capabilities, signal: AbortSignal): Promise<Cursor | null> {
    const cursor = cursors.get(scope.key);
    if (cursor.pageState !== null) return cursor;
    let pendingToken: string | null = null;
    if (capabilities.delta) {
      // Taken before the first page, so that what changes while the pages come is in the delta.
      const answer = await get(scope.changesPath, signal);
      const start = answer.kind === 'ok' ? changesOf(answer.body) : null;
      if (!start) return null;
      pendingToken = start.token;
    }
    const path = `${scope.listPath}?$top=${capabilities.pageSize}`;
    const begun = { ...cursor, gen: cursor.gen + 1, pageState: path, pendingToken, token: null };
    // Before the first page comes: what an answer brings from now on counts as named by this listing, what came earlier does not.
    cache.write((tx) => cursors.save(tx, scope.key, begun));
    return begun;
  }

  async function byListing(scope: Scope, capabilities: Capabilities, signal: AbortSignal): Promise<PullResult> {
    const begun = await startListing(scope, capabilities, signal);
    if (!begun?.pageState) return 'interrupted';
    const reader = createPageReader({ get, first: begun.pageState, signal });
    try {
      return await readListing(scope, begun, reader, signal);
    } finally {
      reader.close();
    }
  }

  async function readListing(
    scope: Scope,
    begun: Cursor,
    reader: PageReader,
    signal: AbortSignal,
  ): Promise<PullResult> {
    let job: string | null = null;
    let count = 0;
    for (let pages = 1; ; pages += 1) {
      const { answer, page } = await reader.read();
      if (!page) {
        if (job) jobs.finish(job, 'failed', { reason: 'interrupted' });
        if (answer.kind !== 'refused') return 'interrupted';
        if (answer.status === 403) return 'not-permitted';
        restart(scope);
        return 'refused';
      }
      const cursor = { ...begun, pageState: page.next, totalCount: page.count ?? begun.totalCount };
      if (page.next !== null) await apply(scope, page.items, [], cursor);
      else await finish(scope, page, cursor, pages === 1 && page.items.length === 0);
      count += page.items.length;
      if (pages === SHOWN_FROM_PAGES && page.next !== null) {
        const kind = scope.type === 'account' ? 'sync-accounts' : 'sync-users';
        const { accountLid, subject } = scope;
        job = jobs.start({ kind, accountLid, importId: null, subject, totalCount: page.count });
      }
      if (job) jobs.update(job, { doneCount: count, totalCount: page.count });
      changed(scope);
      if (signal.aborted || (job && jobs.signal(job).aborted)) {
        if (job) jobs.finish(job, 'cancelled');
        return 'interrupted';
      }
      await turn();
      if (page.next === null) break;
    }
    if (job) jobs.finish(job, 'done', { doneCount: count });
    scope.settled();
    changed(scope);
    return 'done';
  }

  /** The last page: what no page named is gone, unless it is suspiciously much. */
  async function finish(scope: Scope, page: Page, cursor: Cursor, isEmpty: boolean): Promise<void> {
    await apply(scope, page.items, [], cursor);
    const gone = scope.unseen(cursor.gen);
    const isMany = gone.length > ASKED_ROWS && gone.length > scope.size() * BRAKE_SHARE;
    const isHeld = gone.length > BRAKE_ROWS || isMany;
    const isConfirmed = cursor.note === `mass-delete:${gone.length}`;
    const sweep = !isHeld || isConfirmed;
    const left = sweep ? gone : [];
    // Rows with queued changes stay on the screen: their change becomes a question.
    const swept = await confirmGone({ repositories, cloud }, scope, left, (body) => apply(scope, [body], [], cursor));
    // A list of nobody looks like a fault: what it left out that was never seen here cannot be asked for.
    const isBelieved = !isEmpty || cursor.note !== '';
    const note = !sweep ? `mass-delete:${gone.length}` : isBelieved ? '' : 'empty';
    // No delta would name what is left over: the next look is a listing again.
    const token = sweep && swept.isWhole && isBelieved ? cursor.pendingToken : null;
    const syncedAt = sweep ? isoTime(clock.now()) : cursor.syncedAt;
    await apply(scope, [], swept.gone, { ...cursor, token, pendingToken: null, pageState: null, syncedAt, note });
  }

  return {
    async pull(scope, signal) {
      const capabilities = await cloud.capabilities();
      if (!capabilities) return 'interrupted';
      const { token } = cursors.get(scope.key);
      if (capabilities.delta && token !== null) {
        const result = await byDelta(scope, signal);
        if (result !== 'expired') return result;
        restart(scope);
      }
      return byListing(scope, capabilities, signal);
    },
  };
}

/** 410, 404, and 400 with the API's word for a token it no longer knows. */
function isTokenGone({ status, message }: { status: number; message: string }): boolean {
  return status === 410 || status === 404 || (status === 400 && /syncStateNotFound|token/iu.test(message));
}

const REFRESH_AGE_MS = 30_000;

function isOld({ syncedAt }: Cursor, clock: Clock): boolean {
  return syncedAt === null || clock.now() - Date.parse(syncedAt) > REFRESH_AGE_MS;
}
