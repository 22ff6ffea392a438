import type { Standing } from '../lab/deed.ts';
import { stuckBehindOthers } from '../../harness/stuck-behind-others.ts';
import { standingOf } from '../lab/standing.ts';
import { DEMO_PARTNER } from '../../../shared/cloud/sandbox-control.ts';
import type { Life } from './work.ts';

/** The faults are over: how long until nothing waits, at most (SYNC 4.1, I5: virtual time). */
const PATIENCE_MS = 600_000;

/** Lives until nothing waits, and tells how the console stands. */
export async function heal({ engine, client, clock }: Life): Promise<Standing> {
  const { session, oauth, scheduler } = engine.context;
  const begun = clock.now();
  scheduler.wake('person');
  for (;;) {
    if (session.status() === 'expired')
      await session.accept(await oauth.password(DEMO_PARTNER.email, DEMO_PARTNER.password, undefined));
    const { waitingCount, isSyncing } = await client.sync.status({ accountId: null });
    const isFetched = engine.repositories.accounts
      .all()
      .every(({ sid }) => sid === null || engine.repositories.cursors.get(`users:${sid}`).syncedAt !== null);
    if (waitingCount === stuckBehindOthers(engine).length && !isSyncing && isFetched) break;
    if (clock.now() - begun > PATIENCE_MS) break;
    await new Promise((resolve) => {
      setTimeout(resolve, 3);
    });
  }
  // Once more, to see what came about while the last change went out.
  await scheduler.once(new AbortController().signal);
  return standingOf('victim', engine, client);
}
