import type { Dispatch } from './dispatcher.ts';
import type { ClientMessage, EngineEvent, EngineMessage, Reply, Transport } from './wire.ts';

/** The part of a MessagePort, a WebSocket or a forked process that the contract needs. Messages keep their order. */
export type Port = {
  send(message: unknown): void;
  /** One listener per port. */
  receive(listener: (message: unknown) => void): void;
};

/** The page's end. Calls that are open when the engine is lost fail; the caller decides whether to ask again. */
export function createPortTransport(port: Port, onEngine?: (engine: number | null) => void): Transport {
  const open = new Map<number, (reply: Reply) => void>();
  const listeners = new Set<(event: EngineEvent) => void>();
  let lastId = 0;
  let isLost = false;

  port.receive((raw) => {
    const message = raw as EngineMessage;
    switch (message.type) {
      case 'reply':
        open.get(message.id)?.(message.reply);
        open.delete(message.id);
        break;
      case 'event':
        for (const listener of listeners) listener(message.event);
        break;
      case 'hello':
        isLost = false;
        onEngine?.(message.engine);
        break;
      case 'lost':
        isLost = true;
        for (const settle of open.values()) settle(lostReply);
        open.clear();
        onEngine?.(null);
        break;
    }
  });

  return {
    call: (request, signal) =>
      new Promise((resolve) => {
        if (signal?.aborted) {
          resolve(cancelledReply);
          return;
        }
        if (isLost) {
          resolve(lostReply);
          return;
        }
        lastId += 1;
        const id = lastId;
        const onAbort = (): void => {
          if (!open.delete(id)) return;
          port.send({ type: 'cancel', id } satisfies ClientMessage);
          resolve(cancelledReply);
        };
        open.set(id, (reply) => {
          signal?.removeEventListener('abort', onAbort);
          resolve(reply);
        });
        signal?.addEventListener('abort', onAbort, { once: true });
        port.send({ type: 'call', id, request } satisfies ClientMessage);
      }),
    listen: (listener) => {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
  };
}

/** The engine's end. Returns the function that sends an event to this page. */
export function servePort(port: Port, dispatch: Dispatch, engine: number): (event: EngineEvent) => void {
  const running = new Map<number, AbortController>();
  port.receive((raw) => {
    const message = raw as ClientMessage;
    if (message.type === 'cancel') {
      running.get(message.id)?.abort();
      return;
    }
    const controller = new AbortController();
    running.set(message.id, controller);
    void answer(message.id, dispatch(message.request, controller.signal));
  });
  port.send({ type: 'hello', engine } satisfies EngineMessage);

  async function answer(id: number, pending: Promise<Reply>): Promise<void> {
    const reply = await pending;
    running.delete(id);
    port.send({ type: 'reply', id, reply } satisfies EngineMessage);
  }
  return (event) => port.send({ type: 'event', event } satisfies EngineMessage);
}

const lostReply: Reply = { status: 'fault', kind: 'engine-lost', message: 'the engine stopped', faultId: '' };
const cancelledReply: Reply = { status: 'fault', kind: 'cancelled', message: 'cancelled', faultId: '' };
