import type { AppClient, AppContract, Changed } from '../../shared/contract/contract.ts';
import { createClient } from '../../shared/rpc/client.ts';
import { createPortTransport, type Port } from '../../shared/rpc/port.ts';
import type { EngineEvent, Transport } from '../../shared/rpc/wire.ts';
import { operationKinds } from './operation-kinds.ts';

export type EngineState = 'starting' | 'running' | 'lost';

export type EngineEvents = { readonly listen: (listener: (change: Changed) => void) => () => void };
/** The shape that React's external stores have. */
export type EngineStateSource = {
  readonly current: () => EngineState;
  readonly listen: (listener: () => void) => () => void;
};

export type EngineLink = {
  readonly client: AppClient;
  readonly events: EngineEvents;
  readonly engineState: EngineStateSource;
  /** Talks through this port from now on. Calls that are open on the port before it fail with `engine-lost`. */
  readonly attach: (port: Port) => void;
};

type Attached = { readonly transport: Transport; readonly lose: () => void };

/** The page's one connection to whatever engine runs. Calls made before the first port wait for it. */
export function createEngineLink(): EngineLink {
  const listeners = new Set<(change: Changed) => void>();
  const stateListeners = new Set<() => void>();
  const waiting: Array<(transport: Transport) => void> = [];
  let attached: Attached | null = null;
  let state: EngineState = 'starting';

  const enter = (next: EngineState): void => {
    state = next;
    for (const listener of stateListeners) listener();
  };
  const onEvent = (event: EngineEvent): void => {
    if (event.name !== 'changed') return;
    for (const listener of listeners) listener(event.payload as Changed);
  };
  const transport: Transport = {
    call: (request, signal) => {
      if (attached) return attached.transport.call(request, signal);
      return new Promise((resolve) => {
        waiting.push((first) => resolve(first.call(request, signal)));
      });
    },
    listen: () => () => undefined,
  };

  return {
    // The contract's schemas stay out of the page: the client needs only the names and whether they read or write.
    client: createClient(operationKinds as unknown as AppContract, transport),
    events: {
      listen: (listener) => {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
    },
    engineState: {
      current: () => state,
      listen: (listener) => {
        stateListeners.add(listener);
        return () => stateListeners.delete(listener);
      },
    },
    attach: (port) => {
      attached?.lose();
      attached = attachPort(port, onEvent, enter);
      for (const start of waiting.splice(0)) start(attached.transport);
    },
  };
}

function attachPort(port: Port, onEvent: (event: EngineEvent) => void, enter: (state: EngineState) => void): Attached {
  let isCurrent = true;
  let deliver: (message: unknown) => void = () => undefined;
  const transport = createPortTransport(
    {
      send: (message) => port.send(message),
      receive: (listener) => {
        deliver = listener;
        port.receive(listener);
      },
    },
    (engine) => {
      if (isCurrent) enter(engine === null ? 'lost' : 'running');
    },
  );
  const stop = transport.listen(onEvent);
  return {
    transport,
    lose: () => {
      isCurrent = false;
      stop();
      deliver({ type: 'lost' });
    },
  };
}
