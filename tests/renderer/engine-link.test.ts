import { expect, it } from 'vitest';
import { createEngineLink } from '../../renderer/client/engine-link.ts';
import type { Port } from '../../shared/rpc/port.ts';
import type { ClientMessage, EngineMessage } from '../../shared/rpc/wire.ts';

type Far = { readonly port: Port; readonly sent: ClientMessage[]; readonly say: (message: EngineMessage) => void };

/** The engine's end of a port, spoken by hand. */
function farEnd(): Far {
  const sent: ClientMessage[] = [];
  let listener: (message: unknown) => void = () => undefined;
  return {
    port: {
      send: (message) => sent.push(message as ClientMessage),
      receive: (next) => {
        listener = next;
      },
    },
    sent,
    say: (message) => listener(message),
  };
}

const answer = (id: number): EngineMessage => ({ type: 'reply', id, reply: { status: 'done', output: { rows: [] } } });

it('SES-3: a question asked before the engine is there waits for it', async () => {
  const link = createEngineLink();
  const page = link.client.jobs.list({});
  const engine = farEnd();
  link.attach(engine.port);
  expect(engine.sent.map((message) => message.type)).toEqual(['call']);
  engine.say(answer(1));
  await expect(page).resolves.toEqual({ rows: [] });
});

it('OFF-2: with a new engine, calls to the old one fail as lost and its late words are not heard', async () => {
  const link = createEngineLink();
  const states: string[] = [];
  const changes: unknown[] = [];
  link.engineState.listen(() => states.push(link.engineState.current()));
  link.events.listen((change) => changes.push(change));
  const first = farEnd();
  const second = farEnd();
  link.attach(first.port);
  first.say({ type: 'hello', engine: 1 });
  const open = link.client.jobs.list({});
  link.attach(second.port);
  await expect(open).rejects.toMatchObject({ kind: 'engine-lost' });
  first.say({ type: 'event', event: { name: 'changed', payload: { areas: ['users'] } } });
  second.say({ type: 'hello', engine: 2 });
  second.say({ type: 'event', event: { name: 'changed', payload: { areas: ['jobs'] } } });
  expect([states, changes]).toEqual([['running', 'running'], [{ areas: ['jobs'] }]]);
});

it('OFF-2: losing the engine is seen at once, and calls fail instead of hanging', async () => {
  const link = createEngineLink();
  const engine = farEnd();
  link.attach(engine.port);
  engine.say({ type: 'hello', engine: 1 });
  engine.say({ type: 'lost' });
  expect(link.engineState.current()).toBe('lost');
  await expect(link.client.sync.now({ accountId: null })).rejects.toMatchObject({ kind: 'engine-lost' });
});
