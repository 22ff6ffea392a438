import { turn } from '../runtime/turn.ts';
import { CHAIN_START, type AuditRepository } from '../database/audit-repository.ts';

const AT_ONCE = 500;

/**
 * Looks once per run of the program whether the history is whole, in pieces so that no query waits. Returns the first entry that does not
 * fit, null as long as none is found.
 */
export function createAuditCheck(audit: AuditRepository, found: () => void): () => number | null {
  let broken: number | null = null;
  let isStarted = false;

  async function look(): Promise<void> {
    for (let place = CHAIN_START; ;) {
      const next = audit.checkFrom(place, AT_ONCE);
      if (next.broken !== null) {
        broken = next.broken;
        found();
      }
      if (next.isEnd) return;
      place = next.place;
      await turn();
    }
  }

  return () => {
    if (!isStarted) {
      isStarted = true;
      // The files may be closed meanwhile; the next run looks again.
      look().catch(() => undefined);
    }
    return broken;
  };
}
