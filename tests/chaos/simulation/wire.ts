import type { Fetch } from '../../../electron/engine/remote/cloud-client.ts';
import { answerRequest, operationsOf, type WireRequest } from './cloud-requests.ts';
import type { CloudAnswer, VirtualCloud } from './virtual-cloud.ts';

/** What may happen to a request that has not arrived, and to an answer that has not come back. */
export const OUT_FAULTS = [
  'lost',
  'dns',
  'busy',
  'unavailable',
  'error',
  'unauthorised',
  'stale',
  'portal-page',
  'redirect',
  'proxy',
  'twice',
] as const;
export const IN_FAULTS = ['lost', 'error', 'truncated', 'not-json'] as const;
export type Fault = (typeof OUT_FAULTS)[number] | (typeof IN_FAULTS)[number] | 'none';

/** How a push-back names its time. */
export type RetryAfter = { readonly seconds: number; readonly form: 'seconds' | 'date' | 'absent' };

export type Exchange = {
  readonly client: number;
  /** Which life of the program sent it. */
  readonly life: number;
  readonly request: WireRequest;
  readonly issuedAt: number;
  state: 'out' | 'in';
  answer: CloudAnswer | null;
  /** The program does not wait for it any more; it may still arrive. */
  isAbandoned: boolean;
  readonly resolve: (response: Response) => void;
  readonly reject: (error: unknown) => void;
};

/** What the client learnt; `judged` when the cloud itself has said yes or no. */
export type Outcome = 'judged' | 'held-back' | 'nothing';

export type WireWatch = {
  issued(exchange: Exchange): void;
  executed(exchange: Exchange, answer: CloudAnswer): void;
  ended(exchange: Exchange, outcome: Outcome, answer: CloudAnswer | null): void;
  heldBack(client: number, retryAfter: RetryAfter): void;
};

export type Wire = ReturnType<typeof createWire>;

const ZOMBIE_LIFE_MS = 60_000;

/** Everything that is on its way between the programs and the cloud. Nothing moves unless the scheduler says so. */
export function createWire(options: {
  readonly cloud: VirtualCloud;
  readonly now: () => number;
  readonly watch: WireWatch;
  readonly note: (line: string) => void;
}) {
  const { cloud, now, watch, note } = options;
  let open: Exchange[] = [];
  let serial = 0;

  function fetchOf(client: number, life: number): Fetch {
    return (input, init) =>
      new Promise((resolve, reject) => {
        const url = new URL(input instanceof Request ? input.url : input);
        serial += 1;
        const body = textOf(init?.body);
        const request: WireRequest = {
          ...{ id: serial, method: init?.method ?? 'GET', target: url.pathname + url.search, body },
          headers: Object.fromEntries(new Headers(init?.headers)),
        };
        const exchange: Exchange = {
          ...{ client, life, request, issuedAt: now(), state: 'out' as const, answer: null, isAbandoned: false },
          ...{ resolve, reject },
        };
        open.push(exchange);
        note(`c${client} > #${serial} ${request.method} ${short(request)}`);
        watch.issued(exchange);
        init?.signal?.addEventListener(
          'abort',
          () => {
            if (!open.includes(exchange) || exchange.isAbandoned) return;
            abandon(exchange);
            reject(init.signal?.reason);
          },
          { once: true },
        );
      });
  }

  function close(exchange: Exchange): void {
    open = open.filter((one) => one !== exchange);
  }

  /** Nobody waits for it any more. What the cloud can tell apart may still arrive. */
  function abandon(exchange: Exchange): void {
    note(`c${exchange.client} gives up #${exchange.request.id}`);
    if (exchange.state === 'out' && canComeLate(exchange)) exchange.isAbandoned = true;
    else close(exchange);
    watch.ended(exchange, 'nothing', null);
  }

  function canComeLate({ request }: Exchange): boolean {
    const { idempotencyKey, etag } = cloud.settings.capabilities;
    const operations = operationsOf(request);
    return (
      operations.length > 0 &&
      operations.every(({ op, key, ifMatch }) =>
        op === 'add' ? idempotencyKey && key !== null : etag && ifMatch !== null,
      )
    );
  }

  /** Moves one exchange one way. */
  function move(exchange: Exchange, fault: Fault, retryAfter: RetryAfter): void {
    const { request, client } = exchange;
    if (exchange.isAbandoned) {
      close(exchange);
      if (fault !== 'none' || now() - exchange.issuedAt > ZOMBIE_LIFE_MS) return;
      note(`   late #${request.id}`);
      watch.executed(exchange, answerRequest(cloud, request));
      return;
    }
    if (exchange.state === 'out' && (fault === 'none' || fault === 'twice')) {
      const answer = answerRequest(cloud, request);
      watch.executed(exchange, answer);
      // Only what the cloud can tell apart from a second request is doubled on its way.
      if (fault === 'twice' && (request.method === 'GET' || canComeLate(exchange))) answerRequest(cloud, request);
      exchange.state = 'in';
      exchange.answer = answer;
      note(`   #${request.id} arrives: ${answer.status}`);
      return;
    }
    close(exchange);
    if (exchange.state === 'in') {
      const damage = IN_FAULTS.find((one) => one === fault) ?? 'none';
      if (damage !== 'none') note(`   #${request.id} comes back: ${damage}`);
      giveBack(exchange, damage);
      return;
    }
    note(
      `   #${request.id} does not arrive: ${fault}${retryAfter.form === 'absent' ? '' : ` ${retryAfter.seconds} s`}`,
    );
    if (fault === 'busy' || fault === 'unavailable') watch.heldBack(client, retryAfter);
    refuse(exchange, fault, retryAfter);
  }

  function refuse(exchange: Exchange, fault: Fault, retryAfter: RetryAfter): void {
    const given = refusal(fault, retryAfter);
    if (given instanceof Error) {
      watch.ended(exchange, 'nothing', null);
      exchange.reject(given);
      return;
    }
    const isHeldBack =
      fault === 'busy' || fault === 'unauthorised' || (fault === 'unavailable' && retryAfter.form !== 'absent');
    watch.ended(exchange, fault === 'stale' ? 'judged' : isHeldBack ? 'held-back' : 'nothing', given);
    exchange.resolve(responseOf(exchange, given));
  }

  function refusal(fault: Fault, { seconds, form }: RetryAfter): CloudAnswer | Error {
    const headers: Record<string, string> =
      form === 'absent'
        ? {}
        : { 'retry-after': form === 'seconds' ? String(seconds) : new Date(httpNow() + seconds * 1000).toUTCString() };
    switch (fault) {
      case 'dns':
        return networkError('ENOTFOUND');
      case 'busy':
        return { status: 429, headers, body: { message: 'Too many requests.' } };
      case 'unavailable':
        return { status: 503, headers, body: { message: 'Not available.' } };
      case 'error':
        return { status: 500, body: { message: 'Something went wrong.' } };
      case 'unauthorised':
        return { status: 401, body: { message: 'Not accepted.' } };
      case 'stale':
        return { status: 412, body: { message: 'Changed since.' } };
      case 'portal-page':
        return { status: 200, headers: { 'content-type': 'text/html' }, body: 'Welcome to the guest network' };
      case 'redirect':
        return { status: 302, headers: { location: 'http://portal.example/' } };
      case 'proxy':
        return { status: 407 };
      default:
        return networkError('ECONNRESET');
    }
  }

  function httpNow(): number {
    return Math.floor(cloud.now() / 1000) * 1000;
  }

  function giveBack(exchange: Exchange, fault: Fault): void {
    const { answer } = exchange;
    if (fault === 'lost' || !answer) {
      watch.ended(exchange, 'nothing', null);
      exchange.reject(networkError('ECONNRESET'));
      return;
    }
    if (fault === 'none') {
      watch.ended(exchange, 'judged', answer);
      exchange.resolve(responseOf(exchange, answer));
      return;
    }
    // A damaged 401 is still one: the status line has come.
    watch.ended(exchange, answer.status === 401 && fault !== 'error' ? 'held-back' : 'nothing', null);
    if (fault === 'error') exchange.resolve(responseOf(exchange, { status: 500, body: { message: 'Broke after.' } }));
    else exchange.resolve(responseOf(exchange, answer, fault === 'truncated' ? 'cut' : 'not-json'));
  }

  function responseOf({ request }: Exchange, answer: CloudAnswer, damage: 'cut' | 'not-json' | null = null): Response {
    const headers: Record<string, string> = {
      ...{ 'content-type': 'application/json', date: new Date(httpNow()).toUTCString() },
      ...{ 'x-mitel-correlation-id': `c${request.id}`, ...answer.headers },
    };
    const whole =
      answer.body === undefined ? '' : typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body);
    const text =
      damage === 'not-json' ? 'upstream connect error' : damage === 'cut' ? whole.slice(0, whole.length / 2) : whole;
    // The sign-in library insists on a real one.
    if (request.target.endsWith('/token') && request.method === 'POST')
      return new Response(answer.status === 204 ? null : text, { status: answer.status, headers });
    const lookUp = { get: (name: string) => headers[name] ?? null, has: (name: string) => name in headers };
    return { status: answer.status, headers: lookUp, body: [Buffer.from(text)] } as unknown as Response;
  }

  return {
    fetchOf,
    move,
    pending: () => open,
    /** The program is gone, or its network. */
    cut(client: number, howReason: 'crash' | 'network'): void {
      for (const exchange of open.filter((one) => one.client === client && !one.isAbandoned)) {
        abandon(exchange);
        if (howReason === 'network') exchange.reject(networkError('ECONNRESET'));
      }
    },
    dropLate(): void {
      open = open.filter(({ isAbandoned }) => !isAbandoned);
    },
  };
}

/** What the programs send: their own text, or the form of a sign-in. */
function textOf(body: unknown): string | null {
  if (typeof body === 'string') return body;
  return body instanceof URLSearchParams ? body.toString() : null;
}

function networkError(code: string): Error {
  return new TypeError('fetch failed', { cause: Object.assign(new Error(code), { code }) });
}

function short({ target, body, headers }: WireRequest): string {
  const key = headers['idempotency-key'] === undefined ? '' : ` key=${headers['idempotency-key'].slice(-6)}`;
  const match = headers['if-match'] === undefined ? '' : ` if=${headers['if-match']}`;
  const path = target.replace(/^\/admin\/[\d-]+\//u, '').replace(/^\/\w[\w-]*\/[\d-]+\//u, '~');
  return `${decodeURIComponent(path)}${body === null || path === '~token' ? '' : ` ${body}`}${key}${match}`;
}
