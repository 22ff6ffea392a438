import { createIntents } from './intents.ts';
import { createPersonAtWork } from './person-at-work.ts';
import type { Setup } from './plan.ts';
import { createProgram, type Program } from './program.ts';
import { createRunRecord } from './record-of-run.ts';
import { refreshTokenOf, tenant } from './tenant.ts';
import { createVirtualCloud, PEOPLE, type CloudSettings, type Commit } from './virtual-cloud.ts';
import { createVirtualTime } from './virtual-time.ts';
import { createCommitWatch } from './watch-commits.ts';
import { createLooks } from './watch-looks.ts';
import { createWire, type Fault, type RetryAfter } from './wire.ts';

export const STARTS_AT = Date.UTC(2026, 10, 2, 8);
/** Far more than any history needs to come to rest, and what looking every 45 s in small pages costs while it waits for a time. */
const MOST_MOVES = 4000;
const MOST_MOVES_PER_MINUTE = 150;
const CALM: RetryAfter = { seconds: 0, form: 'absent' };

export type World = ReturnType<typeof createWorld>;

/** Cloud, programs, people, time and the wire between them; and the watch over all of it. */
export function createWorld(options: {
  readonly setup: Setup;
  readonly seed: number;
  /** One folder per program, as it is found at its start. */
  readonly folders: readonly string[];
}) {
  const { setup, seed, folders } = options;
  const run = createRunRecord();
  const time = createVirtualTime(STARTS_AT);
  const intents = createIntents();
  const cloudClock = time.computer();
  const settings: CloudSettings = {
    ...{ capabilities: setup.capabilities, hasRevisions: setup.hasRevisions, blindListing: 'none' as const },
    ...{ accessTokenSeconds: setup.accessTokenSeconds, goneStatus: setup.goneStatus },
  };
  const hasJumped = (client: number): boolean => (programs[client]?.clock.hasJumpedAt() ?? 0) > 0;
  const looks = createLooks({ cloud: () => cloud, intents, run, now: time.now, hasJumped });
  const commits = createCommitWatch({
    ...{ cloud: () => cloud, intents, looks, run },
    clientOf: (request) => looks.exchange(request)?.client ?? -1,
    hasJumped,
  });
  const state = tenant(setup.userCount, setup, STARTS_AT);
  const committed = (commit: Commit): void => commits.committed(commit);
  const cloud = createVirtualCloud({ state, settings, now: () => cloudClock.now(), committed });
  const wire = createWire({ cloud, now: time.now, watch: looks, note: run.note });
  const programs: readonly Program[] = folders.map((folder, index) =>
    createProgram({
      ...{ index, folder, clock: time.computer(), seed, run, wire: () => wire },
      refreshToken: refreshTokenOf(index, setup.people[index] ?? 0),
    }),
  );
  const people = programs.map((program) =>
    createPersonAtWork({ program, cloud: () => cloud, intents, run, sharedShare: setup.sharedShare ?? 0.15 }),
  );
  /** The last wish in a life of a program: who should work there; '' for nobody. */
  const wishes = new Map<number, { readonly life: number; readonly sub: string }>();

  /** L19: a sign-in that another wish has overtaken does not take effect. */
  function checkSeats(): void {
    for (const program of programs) {
      const wish = wishes.get(program.index);
      const actor = program.engine()?.context.session.actor() ?? '';
      if (!wish || wish.life !== program.life() || actor === '' || actor === wish.sub) continue;
      run.fail(
        'L19',
        `c${program.index} works as ${actor} after ${wish.sub === '' ? 'a sign-out' : wish.sub} was asked for`,
      );
    }
  }

  /** Who should sit at each program. */
  const seated = [...setup.people];

  /** Lets every program do what it can without the network or the time. */
  async function drain(): Promise<void> {
    for (let idle = 0, turns = 0; idle < 3; turns += 1) {
      const before = activity();
      await new Promise((resolve) => setImmediate(resolve));
      idle = activity() === before ? idle + 1 : 0;
      if (turns > 2000) {
        run.fail('I10', 'a program does not come to rest');
        return;
      }
    }
    for (const program of programs) program.bury();
  }

  const activity = (): number => run.lines.length + programs.reduce((sum, program) => sum + program.writes(), 0);

  async function advance(milliseconds: number): Promise<void> {
    const until = time.now() + milliseconds;
    while (time.step(until)) await drain();
  }

  /** To the next timer, at most so far. */
  async function nextTimer(most: number): Promise<void> {
    const before = time.now();
    time.step(Math.min(time.now() + most, time.nextDue() ?? Number.POSITIVE_INFINITY));
    if (time.now() - before >= 1000) run.note(`   ${Math.round((time.now() - before) / 1000)} s later`);
    await drain();
  }

  async function move(which: number, fault: Fault = 'none', retryAfter = CALM): Promise<boolean> {
    const pending = wire.pending();
    const exchange = pending[Math.floor(which * pending.length)];
    if (!exchange) return false;
    wire.move(exchange, fault, retryAfter);
    await drain();
    return true;
  }

  /** Good weather: everything arrives, until `isDone` or so much time is over. */
  async function pumpUntil(isDone: () => boolean | Promise<boolean>, most: number): Promise<boolean> {
    const begun = time.now();
    const deadline = begun + most;
    const mayMove = (turns: number): boolean =>
      turns < MOST_MOVES + ((time.now() - begun) / 60_000) * MOST_MOVES_PER_MINUTE;
    for (let turns = 0; mayMove(turns); turns += 1) {
      // Even good weather takes its time.
      for (; mayMove(turns) && (await move(0)); turns += 1) await advance(5);
      if (await isDone()) return true;
      if (time.now() >= deadline) return false;
      await nextTimer(deadline - time.now());
    }
    run.fail('I10', 'a program never comes to rest in good weather');
    return false;
  }

  /** Nothing is on its way and no loop turns. */
  function isAtRest(): boolean {
    return (
      wire.pending().length === 0 &&
      programs.every((program) => program.engine()?.context.scheduler.isSyncing() !== true)
    );
  }

  async function signIn(index: number, who: number): Promise<void> {
    const program = programs[index];
    const person = PEOPLE[who];
    if (!program?.engine() || !person) return;
    seated[index] = who;
    looks.openGate(index);
    const life = program.life();
    looks.signsIn(index, life);
    wishes.set(index, { life, sub: person.sub });
    run.note(`c${index} ${person.sub} signs in`);
    program
      .client()
      .session.signInAdmin({ email: person.email, password: person.password, accountNumber: '1' })
      .catch(() => undefined)
      .finally(() => looks.hasSignedIn(index, life));
    await drain();
  }

  /** Signs out and leaves the work where it is. */
  async function leave(index: number): Promise<void> {
    if (!programs[index]?.engine()) return;
    run.note(`c${index} signs out`);
    wishes.set(index, { life: programs[index].life(), sub: '' });
    await programs[index]
      .client()
      .session.signOut({ waiting: 'keep' })
      .catch(() => undefined);
    await drain();
  }

  async function changePerson(index: number): Promise<void> {
    await leave(index);
    await signIn(index, 1 - (seated[index] ?? 0));
  }

  return {
    ...{ cloudClock, leave, changePerson, checkSeats },
    ...{ setup, run, time, intents, settings, looks, commits, cloud, wire, programs, people, seated },
    ...{ drain, advance, nextTimer, move, pumpUntil, isAtRest, signIn },
  };
}
