import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { HEADERS } from '../../../shared/cloud/paths.ts';
import { batchKeys } from '../admin/batch.ts';
import { sha256 } from '../auth/passwords.ts';
import type { SandboxContext } from '../context.ts';
import type { SandboxControl } from '../control/control.ts';
import { answerOf, Refused, type Answer } from './answer.ts';
import { headerOf, type ApiRequest } from './api-request.ts';
import { EXECUTED_FAULTS, faultAnswer } from './fault-answer.ts';
import type { FaultPlan, FaultPlanner } from './fault-planner.ts';
import { readBody } from './read-body.ts';
import type { RequestRecord } from './request-record.ts';
import { addressOf, route } from './route.ts';
import { sendAnswer } from './send-answer.ts';

const LOOPBACK_HOST = /^(?:127\.0\.0\.1|localhost|\[::1\])(?::\d+)?$/iu;

type ServerParts = {
  readonly context: SandboxContext;
  readonly control: SandboxControl;
  readonly faults: FaultPlanner;
  readonly record: (entry: RequestRecord) => void;
  /** Ends the waiting of delayed requests. */
  readonly closing: AbortSignal;
};

/** The HTTP server of the sandbox, not yet listening. */
export function createSandboxServer(parts: ServerParts): Server {
  const keysUnderWay = new Set<string>();
  const server = createServer((message, response) => {
    const exchange = { message, response, correlationId: parts.context.ids.uuid() };
    answerRequest(parts, exchange, keysUnderWay).catch((error: unknown) => {
      if (parts.closing.aborted || response.headersSent || response.destroyed) response.destroy();
      else void sendFailure(parts.context, exchange, error);
    });
  });
  server.keepAliveTimeout = 30_000;
  return server;
}

type Exchange = {
  readonly message: IncomingMessage;
  readonly response: ServerResponse;
  readonly correlationId: string;
};

async function answerRequest(parts: ServerParts, exchange: Exchange, keysUnderWay: Set<string>): Promise<void> {
  const { context } = parts;
  const { message, response } = exchange;
  const target = message.url ?? '/';
  const { service, request } = await readRequest(exchange, target);
  const isControl = service === 'sandbox-control';
  const plan: FaultPlan = isControl ? { delayMs: 0, rule: null } : parts.faults.plan(request.method, target);

  const keys = isControl ? [] : keysOf(context, request);
  const isRepeated = keys.some((key) => keysUnderWay.has(key));
  const held = isRepeated ? [] : keys;
  for (const key of held) keysUnderWay.add(key);
  try {
    if (plan.delayMs > 0) await wait(plan.delayMs, undefined, { signal: parts.closing });
    const rule = plan.rule;
    const isExecuted = !isRepeated && (rule === null || EXECUTED_FAULTS.has(rule.kind));
    const real = isExecuted ? execute(parts, { service, request }) : isRepeated ? stillUnderWay() : null;
    const answer = (rule && faultAnswer(rule, context.now())) ?? real;
    const isDropped = rule?.kind === 'drop-before-commit' || rule?.kind === 'drop-after-commit';
    if (!isControl)
      parts.record(
        recordOf(context, request, { status: isDropped ? 0 : (answer?.status ?? 0), fault: rule?.kind ?? '' }),
      );
    if (isDropped || answer === null) {
      response.destroy();
      return;
    }
    await sendAnswer(response, {
      answer,
      headers: everyAnswer(context, exchange),
      acceptsGzip: /\bgzip\b/u.test(message.headers['accept-encoding'] ?? ''),
      isHead: message.method === 'HEAD',
      isTruncated: rule?.kind === 'truncated-body',
    });
  } finally {
    for (const key of held) keysUnderWay.delete(key);
  }
}

type Call = Parameters<typeof route>[2];

/** The headers of every answer, of failures too. */
function everyAnswer(context: SandboxContext, exchange: Exchange): Readonly<Record<string, string>> {
  return { [HEADERS.correlationId]: exchange.correlationId, date: new Date(context.now()).toUTCString() };
}

async function sendFailure(context: SandboxContext, exchange: Exchange, error: unknown): Promise<void> {
  const sentence = error instanceof Error ? error.message : String(error);
  const answer =
    error instanceof Refused
      ? answerOf(error)
      : { status: 500, body: { message: `The sandbox failed: ${sentence}. Restart it and try again.` } };
  const headers = { ...everyAnswer(context, exchange), connection: 'close' };
  await sendAnswer(exchange.response, { answer, headers, acceptsGzip: false, isHead: false, isTruncated: false });
}

async function readRequest({ message, correlationId }: Exchange, target: string): Promise<Call> {
  const method = message.method === 'HEAD' ? 'GET' : (message.method ?? 'GET');
  const base = 'http://sandbox.invalid';
  if (!target.startsWith('/') || !URL.canParse(target, base))
    throw new Refused(400, 'The address of this request cannot be read.');
  const url = new URL(target, base);
  const { service, segments } = addressOf(url.pathname);
  const rawBody = await readBody(message);
  const request = {
    method,
    target,
    segments,
    query: url.searchParams,
    headers: message.headers,
    rawBody,
    correlationId,
  };
  return { service, request };
}

function execute(parts: ServerParts, call: Call): Answer {
  // A web page that points a name of its own at 127.0.0.1 is not a client of this computer.
  if (!LOOPBACK_HOST.test(call.request.headers.host ?? '')) {
    return answerOf(new Refused(421, 'The sandbox answers on this computer only. Use its loopback address.'));
  }
  return route(parts.context, parts.control, call);
}

/** The Idempotency-Keys of a request and of the operations in it, for the person of its token. */
function keysOf(context: SandboxContext, request: ApiRequest): readonly string[] {
  if (request.method === 'GET' || !context.capabilities().idempotencyKey) return [];
  const own = headerOf(request, HEADERS.idempotencyKey);
  const inside = request.method === 'PATCH' && request.segments.at(-1) === 'users' ? batchKeys(request.rawBody) : [];
  const token = headerOf(request, 'authorization')?.split(' ')[1] ?? '';
  const holder = context.store.identities.token(sha256(token))?.userId ?? '';
  return [...(own === null ? [] : [own]), ...inside].map((key) => `${holder} ${key}`);
}

function stillUnderWay(): Answer {
  return {
    status: 409,
    headers: { [HEADERS.retryAfter]: '1' },
    body: { message: 'A request with this Idempotency-Key is still under way. Ask again in a moment.' },
  };
}

function recordOf(
  context: SandboxContext,
  request: ApiRequest,
  outcome: { readonly status: number; readonly fault: string },
): RequestRecord {
  return {
    at: new Date(context.now()).toISOString(),
    method: request.method,
    target: request.target,
    correlationId: request.correlationId,
    idempotencyKey: headerOf(request, HEADERS.idempotencyKey),
    app: headerOf(request, HEADERS.app),
    bodyHash: request.rawBody === '' ? '' : sha256(request.rawBody),
    ...outcome,
  };
}
