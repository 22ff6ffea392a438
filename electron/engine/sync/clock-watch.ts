import type { Repositories } from '../database/repositories.ts';
import type { Clock } from '../runtime/clock.ts';

export type ClockWatch = {
  /**
   * How often the laptop's clock was set back so far. When it was once more, nobody knows how old a key is that went before: it counts as
   * forgotten by the cloud, and what is in doubt is looked up (L6). Nor does anything wait for a time of the old clock (L11).
   */
  look(): number;
};

/** A clock that is only put right moves less. */
const SLACK_MS = 5000;

export function createClockWatch({
  repositories,
  clock,
}: {
  readonly repositories: Pick<Repositories, 'journal' | 'outbox' | 'uploads' | 'audit'>;
  readonly clock: Clock;
}): ClockWatch {
  const { journal, outbox, uploads, audit } = repositories;
  // It may have been set back while the program was not running.
  let latest: number = Date.parse(audit.page({ accountLid: null, lid: null, events: null }, null, 1)[0]?.at ?? '') || 0;
  let lookedAt = clock.uptime();
  let count = 0;
  return {
    look() {
      const now = clock.now();
      const uptime = clock.uptime();
      // It goes on by itself; asleep it goes further than the uptime.
      const isBack = now < latest + (uptime - lookedAt) - SLACK_MS;
      latest = isBack ? now : Math.max(latest + (uptime - lookedAt), now);
      lookedAt = uptime;
      if (!isBack) return count;
      journal.write((tx) => {
        outbox.forgetTimes(tx);
        uploads.forgetTimes(tx);
      });
      count += 1;
      return count;
    },
  };
}
