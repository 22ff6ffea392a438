import { MessageChannel } from 'node:worker_threads';
import { afterEach, expect, test } from 'vitest';
import type { Dispatch } from '../../shared/rpc/dispatcher.ts';
import { createPortTransport, servePort, type Port } from '../../shared/rpc/port.ts';
import type { EngineEvent } from '../../shared/rpc/wire.ts';

const closers: (() => void)[] = [];
afterEach(() => {
  for (const close of closers.splice(0)) close();
});

/** A page and an engine on the two ends of a real message channel. */
function connect(dispatch: Dispatch) {
  const { port1, port2 } = new MessageChannel();
  closers.push(() => port1.close());
  const engines: (number | null)[] = [];
  const page = portOf(port1);
  const transport = createPortTransport(page, (engine) => engines.push(engine));
  const emit = servePort(portOf(port2), dispatch, 7);
  return { transport, engines, emit, tellPage: (message: unknown) => port2.postMessage(message) };
}

function portOf(port: MessageChannel['port1']): Port {
  return { send: (message) => port.postMessage(message), receive: (listener) => port.on('message', listener) };
}

test('CONTRACT: calls are answered by their number, whatever the order of the answers', async () => {
  const gates = new Map<string, () => void>();
  const { transport } = connect(async ({ operation }) => {
    await new Promise<void>((resolve) => gates.set(operation, resolve));
    return { status: 'done', output: operation };
  });
  const answers = [
    transport.call({ operation: 'first', input: {} }),
    transport.call({ operation: 'second', input: {} }),
  ];
  await expect.poll(() => gates.size).toBe(2);
  gates.get('second')?.();
  expect(await answers[1]).toEqual({ status: 'done', output: 'second' });
  gates.get('first')?.();
  expect(await answers[0]).toEqual({ status: 'done', output: 'first' });
});

test('CONTRACT: the engine says its number first; when it is lost, open calls fail and later ones at once', async () => {
  const { transport, engines, tellPage } = connect(() => new Promise(() => undefined));
  const open = transport.call({ operation: 'a.b', input: {} });
  await expect.poll(() => engines).toEqual([7]);
  tellPage({ type: 'lost' });
  const lost = { status: 'fault', kind: 'engine-lost' };
  expect(await open).toMatchObject(lost);
  expect(await transport.call({ operation: 'a.b', input: {} })).toMatchObject(lost);
  expect(engines).toEqual([7, null]);
  tellPage({ type: 'hello', engine: 8 });
  await expect.poll(() => engines).toEqual([7, null, 8]);
  tellPage({ type: 'reply', id: 2, reply: { status: 'done', output: 'new engine' } });
  expect(await transport.call({ operation: 'a.b', input: {} })).toEqual({ status: 'done', output: 'new engine' });
});

test('CONTRACT: a call that is given up ends on both sides', async () => {
  let engineSide: AbortSignal | undefined;
  const { transport } = connect((_request, signal) => {
    engineSide = signal;
    return new Promise(() => undefined);
  });
  const controller = new AbortController();
  const call = transport.call({ operation: 'a.b', input: {} }, controller.signal);
  await expect.poll(() => engineSide).toBeDefined();
  controller.abort();
  expect(await call).toMatchObject({ kind: 'cancelled' });
  await expect.poll(() => engineSide?.aborted).toBe(true);
  expect(await transport.call({ operation: 'a.b', input: {} }, controller.signal)).toMatchObject({ kind: 'cancelled' });
});

test('CONTRACT: events reach who listens and nobody else', async () => {
  const { transport, emit } = connect(() => new Promise(() => undefined));
  const heard: EngineEvent[] = [];
  const left: EngineEvent[] = [];
  transport.listen((event) => heard.push(event));
  transport.listen((event) => left.push(event))();
  emit({ name: 'changed', payload: { areas: ['users'] } });
  await expect.poll(() => heard).toEqual([{ name: 'changed', payload: { areas: ['users'] } }]);
  expect(left).toEqual([]);
});
