import { isSame, type Fields } from './collections.ts';
import { pick } from './pick.ts';
import { otherMode, type Step } from './plan.ts';
import { PORTAL, Refused, type CloudRecord } from './virtual-cloud.ts';
import type { World } from './world.ts';

const HOUR = 3_600_000;
const JUMPS = [HOUR, -HOUR, 24 * HOUR, -24 * HOUR, 87_600 * HOUR, -87_600 * HOUR];

/** Takes one step of the chaos. A step that makes no sense at the moment does nothing, so that any of them can be left out. */
export async function takeStep(world: World, step: Step): Promise<void> {
  const { programs, people, run, time, wire, looks } = world;
  const { client, choice } = step;
  const [a, b] = choice;
  const program = programs[client];
  const person = people[client];
  if (!program || !person) return;
  if (!program.engine() && step.kind !== 'move' && step.kind !== 'time') {
    looks.openGate(client);
    await program.start();
  }
  run.count(`step: ${step.kind}`);
  switch (step.kind) {
    case 'move':
      if (step.fault !== 'none') run.count(`fault: ${step.fault}`);
      if (!(await world.move(a, step.fault, step.retryAfter))) await world.nextTimer(600_000);
      else await world.advance(Math.floor(b * 40));
      return;
    case 'time':
      await (b < 0.3 ? world.advance(Math.round(a * 20_000)) : world.nextTimer(600_000));
      return;
    case 'edit user':
      await person.editUser(choice);
      break;
    case 'welcome user':
      await person.welcomeUser(choice);
      break;
    case 'add user':
      await person.addUser(choice);
      break;
    case 'add account':
      await person.addAccount();
      break;
    case 'edit account':
      await person.editAccount(choice);
      break;
    case 'undo':
      await person.undo(choice);
      break;
    case 'retry':
      await person.retry(choice);
      break;
    case 'delete user':
      await person.deleteUser(choice);
      break;
    case 'resolve':
      await person.resolve(choice);
      break;
    case 'drop field':
      await person.dropFields(choice);
      break;
    case 'move change':
      await person.moveChange(choice);
      break;
    case 'pin':
      // Fetching it is what the person asks for.
      looks.openGate(client);
      await person.pin(choice);
      break;
    case 'offline':
      looks.openGate(client);
      await person.setOffline(a < 0.5);
      break;
    case 'works elsewhere':
      // Long enough for a key to end at the cloud, too short for a day's work.
      looks.openGate(client);
      await person.setOffline(true);
      await world.advance(Math.round((10 + a * 50) * 60_000));
      looks.openGate(client);
      await person.setOffline(false);
      break;
    case 'sync now':
      looks.openGate(client);
      await person.syncNow();
      break;
    case 'upload':
      await person.upload(choice);
      break;
    case 'pause':
      await person.pauseOrResume();
      break;
    case 'open':
      await person.open(choice);
      break;
    case 'portal edits':
    case 'portal agrees':
    case 'portal deletes':
    case 'portal adds':
      atThePortal(world, step);
      break;
    case 'power cut':
      looks.openGate(client);
      program.cut();
      await world.drain();
      await program.start();
      break;
    case 'power cut soon':
      program.cutAfterCommits(1 + Math.floor(a * 6));
      break;
    case 'clock jumps': {
      const by = pick(JUMPS, a) ?? 0;
      run.note(`c${client} clock ${by / HOUR} h`);
      looks.openGate(client);
      program.clock.shift(by);
      break;
    }
    case 'sleep':
      run.note('everybody sleeps 8 h');
      for (const one of programs) {
        looks.openGate(one.index);
        one.clock.sleep(8 * HOUR);
        wire.cut(one.index, 'network');
      }
      world.cloudClock.sleep(8 * HOUR);
      break;
    case 'tokens expire':
      world.cloud.state.tokens.clear();
      run.note('access tokens end');
      break;
    case 'sign-in ends':
      run.note(`c${client} sign-in ends`);
      for (const [token, held] of world.cloud.state.refresh) {
        if (held.sub === program.engine()?.context.session.actor()) world.cloud.state.refresh.delete(token);
      }
      world.cloud.state.tokens.clear();
      break;
    case 'change tokens expire':
      run.note('change tokens end');
      world.cloud.state.generation += 1;
      break;
    case 'blind listing':
      // A second listing without them is believed (L15): one in a history.
      if (world.settings.blindListing !== 'none') break;
      world.settings.blindListing = 'next';
      run.note('the next listing of users is empty');
      break;
    case 'capabilities change':
      await changeCapabilities(world, a);
      break;
    case 'somebody else signs in':
      await world.changePerson(client);
      break;
  }
  await world.drain();
  time.now();
}

/** Another cloud after a restart of everything: what is known of a cloud holds for one connection. */
async function changeCapabilities(world: World, choice: number): Promise<void> {
  // Known gap: a row is made anew from what it holds, so a cloud with other abilities would get other bytes under the same key.
  if (world.looks.hasRowsInDoubt()) return;
  for (const program of world.programs) program.cut();
  await world.drain();
  world.wire.dropLate();
  world.looks.cloudIsAnother();
  world.settings.capabilities = otherMode(choice);
  world.run.note(`the cloud is another one: ${JSON.stringify(world.settings.capabilities)}`);
  for (const program of world.programs) {
    world.looks.openGate(program.index);
    await program.start();
  }
}

/** Somebody else, in a browser. */
function atThePortal({ cloud, intents, run }: World, { kind, choice }: Step): void {
  const [a, b, c] = choice;
  const record = pick([...cloud.state.records.values()], a);
  if (!record) return;
  try {
    if (kind === 'portal adds') {
      const home = pick(cloud.live('account', ''), a);
      const email = `shared${Math.floor(b * 6)}@sim.example`;
      const fields = {
        firstName: 'Portal',
        lastName: `${cloud.state.seq}`,
        name: '',
        role: 'USER',
        mobile: '',
        extension: '',
      };
      if (home) cloud.add('user', home.sid, { ...fields, email }, PORTAL);
    } else if (kind === 'portal deletes') {
      if (record.type === 'user') cloud.remove(record, PORTAL);
    } else if (kind === 'portal agrees') {
      const wish = intents.all.findLast(
        ({ client, entity, kind: what }) => what === 'patch' && intents.sidOf(client, entity) === record.sid,
      );
      if (wish) cloud.replace(record, { fields: wish.patch }, PORTAL);
    } else {
      // Half of the time where somebody here has work waiting: that is where conflicts come from.
      const wish = b < 0.5 ? intents.all.findLast(({ kind: what }) => what !== 'create') : undefined;
      const disputed = cloud.state.records.get(intents.sidOf(wish?.client ?? 0, wish?.entity ?? '') ?? '') ?? record;
      cloud.replace(disputed, { fields: portalPatch(disputed, c, cloud.state.seq) }, PORTAL);
    }
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    run.note(`   the portal refuses: ${error.message}`);
  }
}

function portalPatch({ type, fields }: CloudRecord, choice: number, serial: number): Fields {
  const user: readonly Fields[] = [
    { mobile: `+1666${1_000_000 + serial}` },
    { extension: ['100', '200', '300'][serial % 3] ?? '' },
    { firstName: `Portal${serial}` },
    { lastName: `Portal${serial}` },
    { email: `portal${serial}@sim.example` },
  ];
  const account: readonly Fields[] = [
    { city: `Portal ${serial}` },
    { zipCode: `P${serial}` },
    { languageCode: ['en', 'de', 'fr'][serial % 3] ?? 'en' },
    { supportContacts: [`portal${serial}@sim.example`] },
  ];
  const chosen = pick(type === 'user' ? user : account, choice) ?? {};
  return Object.fromEntries(Object.entries(chosen).filter(([name, value]) => !isSame(fields[name], value)));
}
