import type { Engine } from '../../../electron/engine/engine.ts';
import type { Clock } from '../../../electron/engine/runtime/clock.ts';
import type { AppClient } from '../../../shared/contract/contract.ts';
import { seededRandom } from '../../harness/seeded-random.ts';
import type { Diary } from '../lab/diary.ts';
import { createPerson, homeOf, pause, type Person } from '../lab/person.ts';
import type { Order } from './order.ts';

export type Life = {
  readonly engine: Engine;
  readonly client: AppClient;
  readonly diary: Diary;
  readonly order: Order;
  readonly clock: Clock;
};

const MOST_DEEDS = 60;
const BEFORE_CLOSING = 6;
const UNTIL_KILLED_MS = 60_000;

/** Does one thing after the other, as fast as the engine says it is kept, until it dies. */
export async function work({ engine, client, diary, order }: Life): Promise<void> {
  const random = seededRandom(order.seed);
  const home = await homeOf(client);
  const person = createPerson({ engine, client, diary, code: order.life, random, home, mayEdit: () => true });
  const isAboutRows = order.failpoint?.name.startsWith('rows') ?? false;
  const most = order.task === 'close' ? BEFORE_CLOSING : MOST_DEEDS;
  for (let deed = 0; deed < most; deed += 1) {
    // Rows of an upload early in a life, so that there is time to send them.
    if (deed === 1 && (isAboutRows || random() < 0.4)) await person.upload();
    else await next(person, random());
    if (random() < 0.5) await pause(random() * 6);
  }
  if (order.task === 'work') await pause(UNTIL_KILLED_MS);
}

function next(person: Person, draw: number): Promise<void> {
  if (draw < 0.4) return person.add();
  if (draw < 0.85) return person.edit();
  return draw < 0.92 ? person.decide() : person.addCustomer();
}
