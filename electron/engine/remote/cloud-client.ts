import { HEADERS, servicePath, type ServiceName } from '../../../shared/cloud/paths.ts';
import { serviceOrigin } from '../../../shared/cloud/regions.ts';
import { wireError } from '../../../shared/cloud/wire.ts';
import type { UnreachableReason } from '../../../shared/model/connection.ts';
import { retryAfterMs } from '../domain/backoff.ts';
import type { Clock } from '../runtime/clock.ts';
import { reasonOf, strangerOf, type Answer } from './answer.ts';
import { exchange, type Exchange } from './exchange.ts';

export type Fetch = typeof globalThis.fetch;

export type CloudRequest = {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly service: ServiceName;
  /** Below the service, or a whole link the server gave. */
  readonly path: string;
  /** The exact bytes; a retry sends the same ones. */
  readonly body?: string | undefined;
  readonly idempotencyKey?: string | undefined;
  readonly ifMatch?: string | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Good only right after a look: not sent again after the sign-in had to be renewed. */
  readonly isOnce?: boolean | undefined;
  /** Asked again when getting a token has taken its time: the host may have asked for a pause meanwhile. */
  readonly heldBack?: (() => Answer | null) | undefined;
  /** Asked at the same time: a repeat that was safe when it was decided on is not when the cloud has forgotten its key meanwhile. */
  readonly isStillGood?: (() => boolean) | undefined;
  /** Shown the first bytes of an answer with 200 while the rest comes. Whether there will be an answer is not known then. */
  readonly onHead?: ((head: string) => void) | undefined;
};

export type TokenOutcome =
  | { readonly kind: 'token'; readonly token: string }
  /** The person must sign in. */
  | { readonly kind: 'none' }
  /** Nobody answered the renewal: the sign-in may still be good. */
  | {
      readonly kind: 'lost';
      readonly reason: UnreachableReason;
      readonly message: string;
      /** It asked to be left alone: milliseconds. Absent: it did not say so. */
      readonly retryAfterMs?: number;
    };

export type Tokens = {
  access(): Promise<TokenOutcome>;
  /** The token was refused: gets another one, once for all who ask. */
  renew(refused: string): Promise<TokenOutcome>;
};

export type CloudClient = {
  readonly url: string;
  send(request: CloudRequest): Promise<Answer>;
  /** With this token and no other: asks whose it is, before anything is sent under it. */
  sendAs(token: string, request: CloudRequest): Promise<Answer>;
  /** Without a token: capabilities. */
  sendAnonymous(request: CloudRequest): Promise<Answer>;
};

/** The only way to the cloud: one request, one sorted answer, never an exception for what a network can do. */
export function createCloudClient(options: {
  readonly url: string;
  readonly fetch: Fetch;
  readonly clock: Clock;
  readonly random: () => number;
  readonly tokens: Tokens;
  /** `name/version;platform=…;session=…` */
  readonly app: string;
}): CloudClient {
  const { url, fetch, clock, random, tokens, app } = options;

  async function attempt(request: CloudRequest, token: string | null): Promise<Answer | 'expired'> {
    try {
      const init = {
        method: request.method,
        headers: headersOf(request, token),
        ...(request.signal ? { signal: request.signal } : {}),
        ...(request.body === undefined ? {} : { body: request.body }),
      };
      const answer = await exchange({ fetch, clock }, target(request), init, request.onHead);
      return read(answer);
    } catch (error) {
      return { kind: 'lost', reason: reasonOf(error), message: error instanceof Error ? error.message : String(error) };
    }
  }

  function target({ service, path }: CloudRequest): string {
    const origin = serviceOrigin(url, service);
    if (path.startsWith('/')) return origin + path;
    return /^https?:/u.test(path) ? sameOrigin(origin, path) : origin + servicePath(service, path);
  }

  /** A link in an answer may only lead back to the same host: the token goes nowhere else. */
  function sameOrigin(origin: string, link: string): string {
    const { pathname, search } = new URL(link);
    return origin + pathname + search;
  }

  function headersOf(request: CloudRequest, token: string | null): Record<string, string> {
    return {
      accept: 'application/json',
      [HEADERS.app]: app,
      ...(token === null ? {} : { authorization: `Bearer ${token}` }),
      ...(request.body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(request.idempotencyKey === undefined ? {} : { [HEADERS.idempotencyKey]: request.idempotencyKey }),
      ...(request.ifMatch === undefined ? {} : { [HEADERS.ifMatch]: request.ifMatch }),
    };
  }

  function read({ status, headers, text }: Exchange): Answer | 'expired' {
    const correlationId = headers.get(HEADERS.correlationId) ?? '';
    const stranger = strangerOf(status, headers);
    if (stranger) return { kind: 'lost', ...stranger };
    if (status === 401) return 'expired';
    const body = parseBody(text);
    // 409 with Retry-After: the first request with this key is still being executed; the same bytes get its answer later.
    if (status === 429 || ((status === 503 || status === 409) && headers.has(HEADERS.retryAfter))) {
      const wait = retryAfterMs(headers.get(HEADERS.retryAfter), headers.get('date'), random());
      return { kind: 'throttled', status, retryAfterMs: wait, message: messageOf(body), correlationId };
    }
    if (status >= 500) return { kind: 'broken', status, message: messageOf(body), correlationId };
    if (body === NOT_JSON && status !== 204)
      return { kind: 'lost', reason: 'not-json', message: 'the answer is not JSON' };
    if (status >= 400) return { kind: 'refused', status, message: messageOf(body), body, correlationId };
    return {
      kind: 'ok',
      status,
      body: body === NOT_JSON ? null : body,
      correlationId,
      etag: headers.get(HEADERS.etag),
    };
  }

  async function once(request: CloudRequest, token: string | null): Promise<Answer> {
    const answer = await attempt(request, token);
    return answer === 'expired' ? { kind: 'unauthorised', correlationId: '' } : answer;
  }

  return {
    url: serviceOrigin(url, 'admin'),
    async send(request) {
      const held = await tokens.access();
      if (held.kind !== 'token') return withoutToken(held);
      const first = notNow(request) ?? (await attempt(request, held.token));
      if (first !== 'expired') return first;
      const renewed = await tokens.renew(held.token);
      if (renewed.kind !== 'token') return withoutToken(renewed);
      if (request.isOnce) return NOT_SENT;
      const second = notNow(request) ?? (await attempt(request, renewed.token));
      return second === 'expired' ? { kind: 'unauthorised', correlationId: '' } : second;
    },
    sendAs: (token, request) => once(request, token),
    sendAnonymous: (request) => once(request, null),
  };
}

const NOT_SENT: Answer = { kind: 'unauthorised', correlationId: '' };

/** Getting a token may take hours, when the laptop sleeps meanwhile. */
function notNow({ heldBack, isStillGood }: CloudRequest): Answer | null {
  return heldBack?.() ?? (isStillGood?.() === false ? NOT_SENT : null);
}

function withoutToken(outcome: Exclude<TokenOutcome, { kind: 'token' }>): Answer {
  if (outcome.kind === 'none') return NOT_SENT;
  const { reason, message, retryAfterMs } = outcome;
  // The token endpoint is the same host: its pause holds for everything (SYNC 3.7).
  if (retryAfterMs !== undefined) return { kind: 'throttled', status: 0, retryAfterMs, message, correlationId: '' };
  return { kind: 'lost', reason, message };
}

const NOT_JSON = Symbol('not JSON');

function parseBody(text: string): unknown {
  if (text === '') return null;
  try {
    return JSON.parse(text);
  } catch {
    return NOT_JSON;
  }
}

/** Error bodies may be empty or not JSON; only `message` is evidenced (CLOUD_API.md). */
function messageOf(body: unknown): string {
  const parsed = wireError.safeParse(body);
  return parsed.success ? parsed.data.message : '';
}
