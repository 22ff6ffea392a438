import type { Tone } from '../../components/pill.tsx';
import type { Change } from './outbox-entry.ts';

export const changeTones: Readonly<Record<Change['state'], Tone>> = {
  queued: 'note',
  blocked: 'neutral',
  inflight: 'accent',
  unknown: 'warning',
  waiting: 'warning',
  'auth-wait': 'warning',
  merging: 'accent',
  conflict: 'error',
  quarantine: 'error',
};

/** Nothing is wrong with these: they are sent by themselves, and sending them again would change nothing. */
export const inTurn: ReadonlySet<Change['state']> = new Set(['queued', 'blocked', 'auth-wait', 'merging']);
