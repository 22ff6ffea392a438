import { createHash } from 'node:crypto';
import { isSame, type Fields } from './collections.ts';
import { checkFiles, checkNothingLost, differences, openWork } from './final-checks.ts';
import { createMirrorWatch } from './mirror-watch.ts';
import type { Plan } from './plan.ts';
import type { Profiles } from './profiles.ts';
import type { Broken } from './record-of-run.ts';
import { takeStep } from './steps.ts';
import type { Templates } from './templates.ts';
import { PEOPLE, type Commit } from './virtual-cloud.ts';
import { createWorld, type World } from './world.ts';

export type HistoryOutcome = {
  readonly broken: readonly Broken[];
  readonly trace: readonly string[];
  /** The same plan gives the same one. */
  readonly hash: string;
  readonly counts: Readonly<Record<string, number>>;
};

/** SYNC 4.1, I5: this long after good weather is back and the person has pressed "sync now". */
const EMPTY_WITHIN_MS = 60_000;
/** The longest back-off is 5 minutes, the longest Retry-After of a history 2; a clock set back costs an hour more. */
const EMPTY_BY_ITSELF_MS = 2 * 3_600_000;
const AT_REST_WITHIN_MS = 300_000;
/** 45 s, a tenth more or less, and a minute's pause after a look that failed. */
const LOOKS_EVERY_MS = 110_000;
/** Of real time; the longest take 2 s on an idle computer. */
const LONGEST_MS = 60_000;

/** Plays one plan from the first step to the last check. */
export async function playHistory(
  plan: Plan,
  seed: number,
  { profiles, templates }: { readonly profiles: Profiles; readonly templates: Templates },
): Promise<HistoryOutcome> {
  const { setup, steps } = plan;
  const folders: string[] = [];
  for (const [index, person] of setup.people.entries()) {
    const isEmpty = setup.isFresh && index === 1;
    folders.push(profiles.copy(await (isEmpty ? templates.empty() : templates.fetched(setup, person))));
  }
  const world = createWorld({ setup, seed, folders });
  const { run, programs } = world;
  try {
    await inTime(
      play(world, steps).then(() => (run.broken.length === 0 ? settle(world, seed) : undefined)),
      LONGEST_MS,
    );
  } catch (error) {
    run.fail('fault', error instanceof Error ? (error.stack ?? error.message) : String(error));
  } finally {
    for (const program of programs) program.cut();
    await world.drain();
    for (const folder of folders) profiles.drop(folder);
  }
  const hash = createHash('sha256').update(run.lines.join('\n')).digest('hex').slice(0, 16);
  return { broken: run.broken, trace: run.lines, hash, counts: run.counts };
}

/** Virtual time stands still while a program waits for what never comes. */
async function inTime(work: Promise<void>, most: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`the history has not ended within ${most / 1000} s`)), most);
  });
  await Promise.race([work, late]).finally(() => clearTimeout(timer));
}

async function play(world: World, steps: Plan['steps']): Promise<void> {
  const { run, programs, setup, settings } = world;
  const mirrors = programs.map((program) => createMirrorWatch(program, world.cloud, run));
  for (const program of programs) await program.start();
  await world.drain();
  if (setup.isFresh) await world.signIn(1, setup.people[1] ?? 0);
  for (let moves = 0; moves < (setup.warmUp ?? 0); moves += 1) await world.move(0);
  for (const step of steps) {
    await takeStep(world, step);
    for (const mirror of mirrors) mirror.look(settings.blindListing === 'given');
    world.checkSeats();
    if (run.broken.length > 0) return;
  }
}

/** Good weather; then everything that was promised must be so. */
async function settle(world: World, seed: number): Promise<void> {
  const { run, programs, people, setup, settings, wire, looks } = world;
  run.note('--- good weather');
  settings.blindListing = 'given';
  wire.dropLate();
  for (const program of programs) {
    program.cutAfterCommits(0);
    const person = people[program.index];
    looks.openGate(program.index);
    if (!program.engine()) await program.start();
    if (program.engine()?.context.connection.isOffline()) await person?.setOffline(false);
    await person?.resumeAll();
  }
  await world.drain();
  await signInAll(world);
  const most = setup.ending === 'now' ? EMPTY_WITHIN_MS : EMPTY_BY_ITSELF_MS;
  if (setup.ending === 'now') await syncAll(world);
  await expectEmpty(world, most);
  if (run.broken.length > 0) return;
  if (setup.ending === 'wait') await expectSame(world, 'by itself');
  await expectSame(world, 'when asked');
  await expectCauses(world);
  if (setup.verdict !== 'leave') await decide(world);
  for (const program of programs) {
    const actor = program.engine()?.context.session.actor() ?? '';
    await checkNothingLost(world, program.index, actor);
    checkFiles(program, world, seed % 8 === 0);
  }
  await othersToo(world);
}

async function signInAll(world: World): Promise<void> {
  for (const { index, engine } of world.programs) {
    const session = engine()?.context.session;
    const person = world.seated[index] ?? 0;
    if (session?.status() === 'signed-in' && session.actor() === PEOPLE[person]?.sub) continue;
    await world.pumpUntil(() => world.isAtRest(), AT_REST_WITHIN_MS);
    if (session?.status() === 'signed-in' && session.actor() === PEOPLE[person]?.sub) continue;
    await world.signIn(index, person);
    await world.pumpUntil(() => session?.status() === 'signed-in', AT_REST_WITHIN_MS);
    if (session?.status() !== 'signed-in') world.run.fail('I5', `c${index} cannot sign in in good weather`);
  }
}

async function syncAll(world: World): Promise<void> {
  for (const program of world.programs) {
    world.looks.openGate(program.index);
    await world.people[program.index]?.syncNow();
  }
  await world.drain();
}

/** The person sees that the sign-in has ended only when the program has found out. */
async function signInAgain(world: World): Promise<void> {
  for (const program of world.programs) {
    const session = program.engine()?.context.session;
    if (session?.status() === 'expired') await world.signIn(program.index, world.seated[program.index] ?? 0);
  }
}

async function expectEmpty(world: World, most: number): Promise<void> {
  const isEmpty = async (): Promise<boolean> => {
    await signInAgain(world);
    for (const { index } of world.programs) if ((await openWork(world, index)).length > 0) return false;
    return true;
  };
  if (await world.pumpUntil(isEmpty, most)) return;
  for (const { index } of world.programs) {
    for (const one of await openWork(world, index)) world.run.fail('I5', `c${index} still has ${one}`);
  }
}

/**
 * A listing without many rows has to be confirmed by a second one, so it may take more than one look. A program looks by itself every 45 s;
 * nobody has to ask it to.
 */
async function expectSame(world: World, how: 'by itself' | 'when asked'): Promise<void> {
  let left: readonly string[] = [];
  for (let look = 0; look < 4; look += 1) {
    await signInAgain(world);
    if (how === 'when asked') await syncAll(world);
    else if (look > 0) await world.pumpUntil(() => false, LOOKS_EVERY_MS);
    await world.pumpUntil(() => world.isAtRest(), AT_REST_WITHIN_MS);
    left = [];
    for (const { index } of world.programs)
      left = [...left, ...(await differences(world, index)).map((one) => `c${index} ${one}`)];
    if (left.length === 0) return;
  }
  for (const one of left.slice(0, 5)) world.run.fail('I4', one);
}

/** L7: a person is asked only where somebody else has been at the record. */
async function expectCauses(world: World): Promise<void> {
  const { programs, people, commits, intents, run, looks } = world;
  for (const { index, engine } of programs) {
    const actor = engine()?.context.session.actor() ?? '';
    for (const { id, state, reason, entityId, entityName } of (await people[index]?.changes()) ?? []) {
      if (state !== 'conflict' || reason === 'gone-on-server') continue;
      const sid = intents.sidOf(index, entityId);
      const isMine = ({ sub, request }: Commit): boolean => sub === actor && looks.exchange(request)?.client === index;
      const log = commits.log.filter((commit) => commit.sid === sid);
      if (wasTwoOnScreen(world, { index, opId: id, sid }))
        run.count('exempt: two wishes for what looked like two records');
      else if (!log.some((commit) => !isMine(commit)))
        run.fail('L7', `c${index} asks about ${entityName}, which nobody else has touched`);
    }
  }
}

/**
 * Without a reference a create in doubt and the record it has made are two on the screen. Two wishes for one field of them, or an edit and a delete, were not made
 * knowing of each other: to overwrite the one that has arrived with the other would be unseen (I3), so which one counts is a question.
 */
function wasTwoOnScreen(
  { intents, cloud }: World,
  { index, opId, sid }: { readonly index: number; readonly opId: string; readonly sid: string | null },
): boolean {
  if (sid === null || cloud.state.records.get(sid)?.externalRef !== null) return false;
  const waiting = intents.all.filter((one) => one.opId === opId);
  return waiting.some(({ entity, patch, kind }) =>
    intents.ofRecord(index, sid).some(
      (one) =>
        one.kind === 'patch' &&
        one.entity !== entity &&
        // A delete is about every field.
        (kind === 'delete' || Object.keys(one.patch).some((name) => name in patch)),
    ),
  );
}

/** The person decides about everything that stands. "Mine" may be refused again; taking back leaves nothing. */
async function decide(world: World): Promise<void> {
  const { programs, people, run, setup } = world;
  let hasDecided = false;
  for (const { index } of programs) {
    const person = people[index];
    if (!person) continue;
    const isStopped = ({ state }: { state: string }): boolean => state === 'conflict' || state === 'quarantine';
    const standing = await person.changes();
    if (standing.length > 0) hasDecided = true;
    if (setup.verdict === 'resolve') {
      for (const which of [0.1, 0.5, 0.9, 0.3]) await person.resolve([0, (which + setup.userCount / 7) % 1, which]);
      await expectEmpty(world, EMPTY_WITHIN_MS);
      continue;
    }
    if (setup.verdict === 'mine') {
      const asked: Asked[] = [];
      for (const change of standing.filter(isStopped))
        asked.push({ ...change, against: (await person.insist(change)) ?? {} });
      await expectEmpty(world, EMPTY_WITHIN_MS);
      await expectDecided(world, index, asked);
    } else {
      while ((await person.changes()).some(({ canUndo }) => canUndo)) await person.undo([0, 0, 0]);
      const left = await person.changes();
      if (left.length > 0) run.fail('I5', `c${index} cannot take back ${left.map(({ state }) => state).join(', ')}`);
    }
  }
  if (hasDecided && run.broken.length === 0) await expectSame(world, 'when asked');
}

/** A question that the person answered with "mine", and the other side's values as the screen showed them. */
type Asked = { readonly id: string; readonly state: string; readonly against: Fields };

/**
 * L8: after "mine" only a further change over there asks again. What counts is the version that the person decided against: the other
 * program's decision of a moment ago has not been shown here yet, so it is a further change, whenever it came.
 */
async function expectDecided(
  { people, run, cloud, intents }: World,
  index: number,
  asked: readonly Asked[],
): Promise<void> {
  for (const { id, entityId, state, reason } of (await people[index]?.changes()) ?? []) {
    const before = asked.find((one) => one.id === id);
    if (before?.state !== 'conflict' || state !== 'conflict' || reason !== 'changed-on-server') continue;
    const sid = intents.sidOf(index, entityId) ?? '';
    const now = cloud.state.records.get(sid)?.fields;
    if (!now || Object.keys(now).some((field) => !isSame(now[field], before.against[field]))) continue;
    run.fail('L8', `c${index} asks again about ${sid}, which nobody changed since the decision`);
  }
}

/** The work of a person who is not here now waits where it was. */
async function othersToo(world: World): Promise<void> {
  for (const { index, engine } of world.programs) {
    const here = engine()?.context.session.actor();
    const away = PEOPLE.findIndex(
      ({ sub }) => sub !== here && world.intents.all.some((one) => one.client === index && one.actor === sub),
    );
    if (away < 0 || world.run.broken.length > 0) continue;
    await world.leave(index);
    await world.signIn(index, away);
    await world.pumpUntil(() => engine()?.context.session.status() === 'signed-in', AT_REST_WITHIN_MS);
    await syncAll(world);
    await expectEmpty(world, EMPTY_WITHIN_MS);
    await checkNothingLost(world, index, PEOPLE[away]?.sub ?? '');
  }
}
