import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { HEADERS } from '../../../shared/cloud/paths.ts';
import type { FaultRule } from '../../../shared/cloud/sandbox-control.ts';
import { batchOperations } from '../admin/batch.ts';
import { sha256 } from '../auth/passwords.ts';
import type { SandboxContext } from '../context.ts';
import type { SandboxControl } from '../control/control.ts';
import { answerOf, Refused, type Answer } from './answer.ts';
import { headerOf, type ApiRequest } from './api-request.ts';
import { EXECUTED_FAULTS, faultAnswer, UNANSWERED_FAULTS, withWrongEtags } from './fault-answer.ts';
import type { FaultPlan, FaultPlanner } from './fault-planner.ts';
import { createHeldAnswers, type HeldAnswers } from './held-answers.ts';
import { withOperationErrors } from './operation-errors.ts';
import { readBody } from './read-body.ts';
import type { RequestRecord } from './request-record.ts';
import { addressOf, route } from './route.ts';
import { sendAnswer, type Manner } from './send-answer.ts';

const LOOPBACK_HOST = /^(?:127\.0\.0\.1|localhost|\[::1\])(?::\d+)?$/iu;

const OPERATIONS_FAILED = 0.01;

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
  const state: ServerState = { keysUnderWay: new Set(), held: createHeldAnswers() };
  const server = createServer((message, response) => {
    const exchange = { message, response, correlationId: parts.context.ids.uuid() };
    answerRequest(parts, exchange, state).catch((error: unknown) => {
      if (parts.closing.aborted || response.headersSent || response.destroyed) response.destroy();
      else void sendFailure(parts.context, exchange, error);
    });
  });
  server.keepAliveTimeout = 30_000;
  return server;
}

type ServerState = {
  /** Idempotency-Keys of requests that are not answered yet. */
  readonly keysUnderWay: Set<string>;
  readonly held: HeldAnswers;
};

type Exchange = {
  readonly message: IncomingMessage;
  readonly response: ServerResponse;
  readonly correlationId: string;
};

async function answerRequest(parts: ServerParts, exchange: Exchange, state: ServerState): Promise<void> {
  const { context, faults } = parts;
  const target = exchange.message.url ?? '/';
  const call = await readRequest(exchange, target);
  const { request } = call;
  if (call.service === 'sandbox-control') {
    await reply(parts, exchange, { answer: execute(parts, call), rule: null });
    return;
  }
  const plan = faults.plan(request.method, target);
  const operations = isBatch(request) ? batchOperations(request.rawBody) : [];
  const keys = keysOf(context, request, operations);
  const isRepeated = keys.some((key) => state.keysUnderWay.has(key));
  const held = isRepeated ? [] : keys;
  for (const key of held) state.keysUnderWay.add(key);
  try {
    if (plan.delayMs > 0) await wait(plan.delayMs, undefined, { signal: parts.closing });
    const answer = decide(parts, call, { plan, isRepeated });
    const kind = plan.rule?.kind;
    const status = kind && UNANSWERED_FAULTS.has(kind) ? 0 : (answer?.status ?? 0);
    parts.record(recordOf(context, request, { status, fault: kind ?? '', operations }));
    if (kind === 'late-answer') await state.held.hold(parts.closing);
    await reply(parts, exchange, { answer, rule: plan.rule });
    state.held.release();
  } finally {
    for (const key of held) state.keysUnderWay.delete(key);
  }
}

/** What goes back, executed or not; null when nothing does. */
function decide(
  parts: ServerParts,
  call: Call,
  { plan: { rule, random }, isRepeated }: { readonly plan: FaultPlan; readonly isRepeated: boolean },
): Answer | null {
  const instead = rule && faultAnswer(rule, parts.context.now());
  if (isRepeated) return instead ?? stillUnderWay();
  const isExecuted = rule === null || EXECUTED_FAULTS.has(rule.kind);
  const real = isExecuted ? executeUnder(parts, call, rule, random) : null;
  return instead ?? real;
}

function executeUnder(parts: ServerParts, call: Call, rule: FaultRule | null, random: () => number): Answer {
  switch (rule?.kind) {
    case 'duplicate': {
      const first = execute(parts, call);
      parts.record(recordOf(parts.context, call.request, { status: first.status, fault: 'duplicate', operations: [] }));
      return execute(parts, call);
    }
    case 'wrong-etag':
      return withWrongEtags(execute(parts, call));
    case 'operation-errors':
      return withOperationErrors(call.request, { share: rule.share ?? OPERATIONS_FAILED, random }, (request) =>
        execute(parts, { ...call, request }),
      );
    default:
      return execute(parts, call);
  }
}

/** Sends the answer, or does what the fault does to the connection. */
async function reply(
  parts: ServerParts,
  exchange: Exchange,
  { answer, rule }: { readonly answer: Answer | null; readonly rule: FaultRule | null },
): Promise<void> {
  const { message, response } = exchange;
  if (rule?.kind === 'reset') {
    message.socket.resetAndDestroy();
    return;
  }
  if (rule?.kind === 'no-answer') {
    await silence(response, parts.closing);
    return;
  }
  if (answer === null || (rule && UNANSWERED_FAULTS.has(rule.kind))) {
    response.destroy();
    return;
  }
  await sendAnswer(response, {
    answer,
    headers: everyAnswer(parts.context, exchange),
    acceptsGzip: /\bgzip\b/u.test(message.headers['accept-encoding'] ?? ''),
    isHead: message.method === 'HEAD',
    manner: mannerOf(rule),
  });
}

function mannerOf(rule: FaultRule | null): Manner {
  if (rule?.kind === 'truncated-body') return 'truncated';
  return rule?.kind === 'slow-body' ? { kind: 'slow', pauseMs: Math.max(1, rule.delayMs) } : 'whole';
}

/** A connection that stays open and says nothing, until the client gives up. */
function silence(response: ServerResponse, closing: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = (): void => {
      closing.removeEventListener('abort', end);
      response.destroy();
      resolve();
    };
    response.once('close', end);
    closing.addEventListener('abort', end, { once: true });
    if (response.destroyed || closing.aborted) end();
  });
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
  await sendAnswer(exchange.response, { answer, headers, acceptsGzip: false, isHead: false, manner: 'whole' });
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
function keysOf(
  context: SandboxContext,
  request: ApiRequest,
  operations: RequestRecord['operations'],
): readonly string[] {
  if (request.method === 'GET' || !context.capabilities().idempotencyKey) return [];
  const own = headerOf(request, HEADERS.idempotencyKey);
  const inside = operations.flatMap(({ key }) => (key === '' ? [] : [key]));
  const token = headerOf(request, 'authorization')?.split(' ')[1] ?? '';
  const holder = context.store.identities.token(sha256(token))?.userId ?? '';
  return [...(own === null ? [] : [own]), ...inside].map((key) => `${holder} ${key}`);
}

function isBatch({ method, segments }: ApiRequest): boolean {
  return method === 'PATCH' && segments.at(-1) === 'users';
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
  outcome: Pick<RequestRecord, 'status' | 'fault' | 'operations'>,
): RequestRecord {
  return {
    at: new Date(context.now()).toISOString(),
    method: request.method,
    target: request.target,
    correlationId: request.correlationId,
    idempotencyKey: headerOf(request, HEADERS.idempotencyKey),
    ifMatch: headerOf(request, HEADERS.ifMatch),
    app: headerOf(request, HEADERS.app),
    bodyHash: request.rawBody === '' ? '' : sha256(request.rawBody),
    ...outcome,
  };
}
