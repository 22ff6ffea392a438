import { z } from 'zod';
import type { MetaRepository } from '../database/meta-repository.ts';
import type { Store } from '../database/store.ts';
import { isoTime, type Clock } from '../runtime/clock.ts';
import { hashPin, isPin, isPinAllowed, pinHash } from '../runtime/pin-hash.ts';

const AUTO_LOCK = z.literal([0, 1, 5, 15, 30, 60]);
export type AutoLockMinutes = z.output<typeof AUTO_LOCK>;
const kept = pinHash.extend({ owner: z.string() });
const tries = z.object({ failed: z.int().nonnegative(), retryAt: z.number().nullable() });
type Tries = z.output<typeof tries>;

export type PinResult =
  | { readonly kind: 'done' }
  | { readonly kind: 'invalid' }
  | { readonly kind: 'wrong'; readonly failedCount: number; readonly retryAt: string | null }
  | { readonly kind: 'wait'; readonly retryAt: string };

/** The console's own lock (SES-5). Sync goes on behind it; it guards what is shown, not the files. */
export type Lock = {
  isLocked(): boolean;
  state(): {
    readonly isLocked: boolean;
    readonly hasPin: boolean;
    readonly autoLockMinutes: AutoLockMinutes;
    readonly retryAt: string | null;
    readonly failedCount: number;
  };
  /** `owner` may take the PIN away by signing in when nobody else is known here. */
  setPin(pin: string | null, currentPin: string | null, owner: string): Promise<PinResult>;
  setAutoLock(minutes: AutoLockMinutes): void;
  /** False without a PIN: nobody could unlock it. */
  lock(): boolean;
  unlock(pin: string): Promise<PinResult>;
  /** Somebody else has vouched for the person: the system, or the cloud. */
  unlockAsProven(pinGoes: boolean): void;
  owner(): string;
  /** A window was used. */
  noteActivity(): void;
  /** The system says how long nobody has touched this computer. */
  noteIdle(seconds: number): void;
  /** The system's own lock came, or the lid was closed. */
  systemLocked(): void;
  /** After everything was wiped: as on a new laptop. */
  reset(): void;
  /** Begins to watch the time. */
  start(): void;
  stop(): void;
};

const PIN = 'lock.pin';
const MINUTES = 'lock.minutes';
const TRIES = 'lock.tries';
const DEFAULT_MINUTES = 15;
const FREE_TRIES = 5;
const FIRST_WAIT_MS = 30_000;
const LONGEST_WAIT_MS = 60 * 60_000;
const NO_TRIES: Tries = { failed: 0, retryAt: null };
const SALT_BYTES = 16;

/** Lives longer than the open files: `place` is asked each time, because they may be exchanged. */
export function createLock(options: {
  readonly place: () => { readonly journal: Store<'journal'>; readonly meta: MetaRepository };
  readonly clock: Clock;
  readonly randomBytes: (count: number) => Uint8Array;
  readonly changed: () => void;
}): Lock {
  const { place, clock, randomBytes, changed } = options;
  /** Null until first asked: a console with a PIN starts locked. */
  let locked: boolean | null = null;
  let activeAt = clock.now();
  let isWatching = false;
  let cancelTimer: () => void = () => undefined;
  /** Counted here as well: a full disk must not give free tries. */
  let known: Tries | null = null;

  function read<T>(key: string, schema: z.ZodType<T>): T | null {
    const text = place().meta.get(key);
    if (text === null) return null;
    try {
      return schema.parse(JSON.parse(text));
    } catch {
      return null;
    }
  }
  function write(key: string, value: unknown): void {
    const { journal, meta } = place();
    journal.write((tx) => meta.set(tx, key, value === null ? null : JSON.stringify(value)));
  }
  // A PIN that can no longer be read still locks: only a sign-in or a wipe helps then.
  const hasPin = (): boolean => place().meta.get(PIN) !== null;
  const isLocked = (): boolean => (locked ??= hasPin());
  const minutes = (): AutoLockMinutes => read(MINUTES, AUTO_LOCK) ?? DEFAULT_MINUTES;

  function triesNow(): Tries {
    known ??= read(TRIES, tries) ?? NO_TRIES;
    const longest = clock.now() + LONGEST_WAIT_MS;
    // A clock that was set back must not lock the person out for longer than any wait is.
    return known.retryAt !== null && known.retryAt > longest ? { ...known, retryAt: longest } : known;
  }
  function keepTries(next: Tries): void {
    known = next;
    try {
      write(TRIES, next.failed === 0 ? null : next);
    } catch {
      // No room on the disk: `known` counts until the program ends.
    }
  }

  /** Counted before it is looked at, so that neither a crash nor many tries at once are free. */
  async function check(pin: string): Promise<PinResult> {
    const before = triesNow();
    if (before.retryAt !== null && before.retryAt > clock.now())
      return { kind: 'wait', retryAt: isoTime(before.retryAt) };
    const failed = before.failed + 1;
    const wait = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.min(failed - FREE_TRIES, 20));
    const retryAt = failed < FREE_TRIES ? null : clock.now() + wait;
    keepTries({ failed, retryAt });
    const stored = read(PIN, kept);
    if (stored && (await isPin(pin, stored))) {
      keepTries(NO_TRIES);
      return { kind: 'done' };
    }
    changed();
    return { kind: 'wrong', failedCount: failed, retryAt: retryAt === null ? null : isoTime(retryAt) };
  }

  function set(isLockedNow: boolean): void {
    locked = isLockedNow;
    activeAt = clock.now();
    arm();
    changed();
  }

  function lock(): boolean {
    if (!hasPin()) return false;
    if (!isLocked()) set(true);
    return true;
  }

  /** Locks by itself once nobody has been here for as long as was chosen. */
  function arm(): void {
    cancelTimer();
    cancelTimer = () => undefined;
    if (!isWatching || !hasPin() || isLocked() || minutes() === 0) return;
    const due = activeAt + minutes() * 60_000;
    if (due <= clock.now()) {
      lock();
      return;
    }
    cancelTimer = clock.after(due - clock.now(), arm);
  }

  return {
    isLocked,
    lock,
    state() {
      const { failed, retryAt } = triesNow();
      return {
        isLocked: isLocked(),
        hasPin: hasPin(),
        autoLockMinutes: minutes(),
        retryAt: retryAt === null || retryAt <= clock.now() ? null : isoTime(retryAt),
        failedCount: failed,
      };
    },
    async setPin(pin, currentPin, owner) {
      if (pin !== null && !isPinAllowed(pin)) return { kind: 'invalid' };
      const isKnown = hasPin() ? await check(currentPin ?? '') : ({ kind: 'done' } as const);
      if (isKnown.kind !== 'done') return isKnown;
      write(PIN, pin === null ? null : { ...(await hashPin(pin, randomBytes(SALT_BYTES))), owner });
      set(false);
      return isKnown;
    },
    setAutoLock(next) {
      write(MINUTES, next);
      activeAt = clock.now();
      arm();
      changed();
    },
    async unlock(pin) {
      if (!isLocked()) return { kind: 'done' };
      // A repaired journal may have lost the PIN; then there is nothing to try it against.
      if (!hasPin()) {
        set(false);
        return { kind: 'done' };
      }
      const result = await check(pin);
      if (result.kind === 'done') set(false);
      return result;
    },
    unlockAsProven(pinGoes) {
      if (pinGoes) write(PIN, null);
      keepTries(NO_TRIES);
      set(false);
    },
    owner: () => read(PIN, kept)?.owner ?? '',
    noteActivity() {
      activeAt = Math.max(activeAt, clock.now());
    },
    noteIdle(seconds) {
      activeAt = Math.max(activeAt, clock.now() - seconds * 1000);
      arm();
    },
    systemLocked() {
      if (minutes() !== 0) lock();
    },
    reset() {
      known = null;
      set(hasPin());
    },
    start() {
      isWatching = true;
      arm();
    },
    stop() {
      isWatching = false;
      cancelTimer();
    },
  };
}
