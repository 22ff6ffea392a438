import type { FromEngine } from '../../shared/bridge/host-link.ts';
import type { Engine } from './engine.ts';
import type { Clock } from './runtime/clock.ts';

type Status = Omit<Extract<FromEngine, { type: 'status' }>, 'type'>;

export type StatusReport = { soon(): void; now(): void };

const PAUSE_MS = 300;

/** Tells the shell what it shows of this workspace beside the others (SES-4): when it has changed, and not often. */
export function reportStatus(engine: Engine, clock: Clock, tell: (status: Status) => void): StatusReport {
  let told = '';
  let isWaiting = false;
  function report(): void {
    isWaiting = false;
    let status: Status;
    try {
      status = statusOf(engine);
    } catch {
      // The files are being exchanged or closed; the next change brings the next report.
      return;
    }
    const text = JSON.stringify(status);
    if (text === told) return;
    told = text;
    tell(status);
  }
  return {
    now: report,
    soon() {
      if (isWaiting) return;
      isWaiting = true;
      clock.after(PAUSE_MS, report);
    },
  };
}

function statusOf({ context }: Engine): Status {
  const { session, repositories, lock } = context;
  const identity = session.identity();
  const changes = repositories.outbox.counts(session.actor(), null);
  const rows = repositories.uploads.waitingCount(session.actor(), null);
  return {
    partner: identity ? (repositories.accounts.bySid(identity.accountSid)?.name ?? '') : '',
    waitingCount: changes.waitingCount + rows.waitingCount,
    attentionCount: changes.attentionCount + rows.attentionCount,
    isLocked: lock.isLocked(),
  };
}
