import type { ConnectionState, UnreachableReason } from '../../../shared/model/connection.ts';
import type { Answer } from '../remote/answer.ts';
import type { Clock } from '../runtime/clock.ts';

const CLOCK_SLACK_MS = 60_000;

/** What the last answers say about the network (SYNC 3.8), and how long this host has asked to be left alone. */
export type Connection = {
  state(): ConnectionState;
  reason(): UnreachableReason;
  lastContactAt(): number | null;
  isOffline(): boolean;
  setOffline(offline: boolean): void;
  /** Every answer of the cloud comes by here. */
  observe(answer: Answer): void;
  /** Retry-After gates the host, not the row: nothing is sent before. 0 when it may be asked. */
  gatedUntil(): number;
  openGate(): void;
  /** Failures in a row without any answer. */
  failures(): number;
};

export function createConnection(options: {
  readonly clock: Clock;
  /** Is any network interface up? Only chooses the word, never decides whether to try. */
  readonly hasLink: () => boolean;
  readonly changed: () => void;
}): Connection {
  const { clock, hasLink, changed } = options;
  let offline = false;
  let outcome: 'unknown' | 'reached' | 'failed' = 'unknown';
  let reason: UnreachableReason = 'none';
  let lastContact: number | null = null;
  let gate = 0;
  /** What was to be waited when the gate closed. */
  let pause = 0;
  let failures = 0;

  function gatedUntil(): number {
    const now = clock.now();
    // Further ahead than it was at first: the clock was set back meanwhile. A clock that is only put right moves less than the slack.
    return gate > now && gate <= now + pause + CLOCK_SLACK_MS ? gate : 0;
  }

  function settle(next: typeof outcome, why: UnreachableReason): void {
    const isNews = next !== outcome || why !== reason;
    outcome = next;
    reason = why;
    failures = next === 'failed' ? failures + 1 : 0;
    if (isNews) changed();
  }

  return {
    state() {
      if (offline) return 'offline';
      if (outcome === 'unknown') return 'checking';
      if (outcome === 'reached') return 'online';
      return hasLink() ? 'unreachable' : 'no-link';
    },
    reason() {
      // The cloud is there and has asked for a pause; an answer that was under way does not end it.
      if (gatedUntil() > 0) return 'rate-limited';
      return outcome === 'failed' ? reason : 'none';
    },
    lastContactAt: () => lastContact,
    isOffline: () => offline,
    setOffline(next) {
      offline = next;
      gate = 0;
      if (!next) outcome = 'unknown';
      changed();
    },
    observe(answer) {
      switch (answer.kind) {
        case 'ok':
        case 'refused':
          lastContact = clock.now();
          settle('reached', 'none');
          break;
        case 'throttled':
          lastContact = clock.now();
          gate = Math.max(gatedUntil(), clock.now() + (answer.retryAfterMs ?? 1000));
          pause = gate - clock.now();
          settle('reached', 'none');
          changed();
          break;
        case 'unauthorised':
          // The cloud is there; it is the sign-in that is missing.
          if (answer.correlationId !== '') settle('reached', 'none');
          break;
        case 'broken':
          settle('failed', 'server-error');
          break;
        case 'lost':
          settle('failed', answer.reason);
          break;
      }
    },
    gatedUntil,
    openGate: () => {
      gate = 0;
    },
    failures: () => failures,
  };
}
