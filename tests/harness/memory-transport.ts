import type { Dispatch } from '../../shared/rpc/dispatcher.ts';
import type { EngineEvent, Transport } from '../../shared/rpc/wire.ts';

/** The wire without a wire: everything is cloned as a MessagePort would, so functions and class instances do not slip through. */
export function createMemoryTransport(dispatch: Dispatch): Transport & { emit(event: EngineEvent): void } {
  const listeners = new Set<(event: EngineEvent) => void>();
  return {
    call: async (request, signal) => structuredClone(await dispatch(structuredClone(request), signal)),
    listen(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    emit(event) {
      for (const listener of listeners) listener(structuredClone(event));
    },
  };
}
