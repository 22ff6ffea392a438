import type { FaultKind } from './fault.ts';
import type { Refusal } from './outcome.ts';

export type Request = { readonly operation: string; readonly input: unknown };

export type Reply =
  | { readonly status: 'done'; readonly output: unknown }
  | { readonly status: 'refused'; readonly refusal: Refusal }
  | { readonly status: 'fault'; readonly kind: FaultKind; readonly message: string; readonly faultId: string };

/** Something the engine tells every window. Events say which areas changed; the screens ask again. */
export type EngineEvent = { readonly name: string; readonly payload: unknown };

/** One request, one reply. Implemented over a MessagePort in the app, in memory in tests, over a WebSocket in browser tests. */
export type Transport = {
  call(request: Request, signal?: AbortSignal): Promise<Reply>;
  /** Returns the function that stops listening. */
  listen(onEvent: (event: EngineEvent) => void): () => void;
};

export type ClientMessage =
  | { readonly type: 'call'; readonly id: number; readonly request: Request }
  | { readonly type: 'cancel'; readonly id: number };

export type EngineMessage =
  | { readonly type: 'reply'; readonly id: number; readonly reply: Reply }
  | { readonly type: 'event'; readonly event: EngineEvent }
  /** Sent in place of the engine by whoever notices that it is gone. Pending calls fail with `engine-lost`. */
  | { readonly type: 'lost' }
  /** First message of every engine: its number lets a page tell a restart from a reply. */
  | { readonly type: 'hello'; readonly engine: number };
