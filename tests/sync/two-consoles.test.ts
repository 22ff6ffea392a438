import { describe, expect, test } from 'vitest';
import { must } from '../../shared/lib/must.ts';
import { MODES } from '../harness/capability-modes.ts';
import { editUser, elsewhere, freeUsers, serverUser } from '../harness/edits.ts';
import { createManualClock, type ManualClock } from '../harness/manual-clock.ts';
import { engineIn } from '../harness/modes.ts';
import { seededRandom } from '../harness/seeded-random.ts';
import type { TestEngine } from '../harness/start-engine.ts';
import { aSandbox, harbourId } from '../sandbox/sandbox-client.ts';

const DAYS = 10;
const USERS = 6;
const FIELDS = ['mobile', 'extension', 'firstName', 'role'] as const;
const HOUR = 3_600_000;

type People = Awaited<ReturnType<typeof freeUsers>>;

function aValue(field: (typeof FIELDS)[number], random: () => number): string {
  const number = Math.floor(random() * 90) + 10;
  if (field === 'mobile') return `+155501${number}`;
  if (field === 'extension') return `47${number}`;
  return field === 'role' ? (number % 2 === 0 ? 'USER' : 'ACCOUNT_ADMIN') : `Name${number}`;
}

/** A day of a technician: out of the network, a few edits of the users that everybody edits. */
async function workday(console: TestEngine, people: People, random: () => number): Promise<void> {
  await console.setOffline(true);
  for (let edit = 0; edit < 3; edit += 1) {
    const { id } = must(people[Math.floor(random() * people.length)], 'a user');
    const field = must(FIELDS[Math.floor(random() * FIELDS.length)], 'a field');
    const view = await console.client.users.get({ id });
    const value = aValue(field, random);
    if (view && view[field] !== value) await editUser(console, id, { [field]: value });
  }
}

async function evening(console: TestEngine, clock: ManualClock): Promise<void> {
  clock.advance(HOUR);
  await console.client.sync.setOffline({ offline: false });
  await console.client.sync.now({ accountId: console.account() });
  await console.settled();
}

/** Half of the open questions are decided every evening, one way or the other. */
async function decide(console: TestEngine, random: () => number, share: number): Promise<number> {
  const { conflicts } = await console.client.conflicts.list({ accountId: null });
  for (const { id, theirsMark, groups } of conflicts) {
    if (random() > share) continue;
    const choice = random() < 0.5 ? 'mine' : 'theirs';
    await console.client.conflicts.resolve({
      ...{ id, theirsMark },
      groups: groups.map(({ group }) => ({ group, choice, values: {} })),
    });
  }
  return conflicts.length;
}

async function mirrored(console: TestEngine, people: People) {
  return Promise.all(
    people.map(async ({ id }) => {
      const shown = await console.client.users.get({ id });
      return shown && { ...Object.fromEntries(FIELDS.map((field) => [field, shown[field]])), pending: shown.pending };
    }),
  );
}

describe.each(MODES)('%s', (_name, mode) => {
  test('OFF-3 L7: two consoles edit the same users for ten days; they converge, and every lost race was a question', async () => {
    const clock = createManualClock();
    const sandbox = await aSandbox({ clock: () => clock.now() });
    const random = seededRandom(10);
    const consoles = [
      await engineIn(mode, { sandbox, clock, seed: 1 }),
      await engineIn(mode, { sandbox, clock, seed: 2 }),
    ];
    const [first] = [must(consoles[0], 'a console')];
    const people = await freeUsers(first, USERS);
    const before = sandbox.oracle.log().length;
    let asked = 0;
    for (let day = 0; day < DAYS; day += 1) {
      for (const console of consoles) await workday(console, people, random);
      const { sid } = must(people[day % people.length], 'a user');
      elsewhere(first, { op: 'replace', id: sid, body: { extension: aValue('extension', random) } });
      clock.advance(8 * HOUR);
      for (const console of random() < 0.5 ? consoles : consoles.toReversed()) {
        await evening(console, clock);
        asked += await decide(console, random, 0.5);
        await console.settled();
      }
      clock.advance(14 * HOUR);
    }
    for (let round = 0; round < 4; round += 1) {
      for (const console of consoles) {
        await evening(console, clock);
        await decide(console, random, 1);
        await console.settled();
      }
    }
    for (const console of consoles) await evening(console, clock);

    const there = people.map(({ sid }) => {
      const user = serverUser(first, sid);
      return { ...Object.fromEntries(FIELDS.map((field) => [field, user?.[field]])), pending: null };
    });
    for (const console of consoles) {
      expect(await mirrored(console, people)).toEqual(there);
      expect((await console.client.sync.status({ accountId: null })).waitingCount).toBe(0);
      expect(console.engine.repositories.audit.firstBroken()).toBeNull();
    }
    // What each console overwrote is what its person had seen, or had decided about.
    const log = new Map(sandbox.oracle.log(before).map((entry) => [entry.correlationId, entry]));
    let checked = 0;
    for (const console of consoles) {
      const { entries } = await console.client.history.list({
        accountId: console.account(),
        outcome: 'sent',
        limit: 200,
      });
      for (const { fields, correlationId, kind } of entries) {
        const commit = log.get(correlationId);
        if (
          kind !== 'patch' ||
          !commit?.before ||
          sandbox.oracle.log().filter((one) => one.correlationId === correlationId).length > 1
        )
          continue;
        for (const { field, from, to } of fields) {
          const was = (commit.before as Record<string, unknown>)[field];
          expect({ field, was, to }).toEqual({ field, was: was === to ? to : from, to });
          checked += 1;
        }
      }
    }
    expect(asked).toBeGreaterThan(3);
    expect(checked).toBeGreaterThan(0);
    expect(sandbox.oracle.users(harbourId(sandbox)).length).toBeGreaterThan(USERS);
  });
});
