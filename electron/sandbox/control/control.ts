import { ZodError } from 'zod';
import type { SandboxSettings } from '../../../shared/cloud/sandbox-control.ts';
import type { SandboxContext } from '../context.ts';
import { Refused, type Answer } from '../http/answer.ts';
import { headerOf, notAllowed, notFound, objectBody, type ApiRequest } from '../http/api-request.ts';
import { parseSettingsChange } from '../settings.ts';

const LOG_PAGE = 1000;

export type SandboxControl = {
  readonly configure: (change: Partial<SandboxSettings>) => void;
  readonly reset: () => void;
  readonly requestCount: () => number;
};

/** Ours: `sandbox-control`. Never hit by faults. */
export function controlAnswer(context: SandboxContext, control: SandboxControl, request: ApiRequest): Answer {
  refuseForeignPages(context, request);
  switch (`${request.method} ${request.segments.join('/')}`) {
    case 'GET settings':
      return { status: 200, body: context.settings() };
    case 'PUT settings':
      control.configure(readChange(request));
      return { status: 200, body: context.settings() };
    case 'POST reset':
      control.reset();
      return { status: 200, body: status(context, control) };
    case 'POST advance-clock':
      control.configure({ clockOffsetMs: context.settings().clockOffsetMs + readMilliseconds(request) });
      return { status: 200, body: status(context, control) };
    case 'GET log':
      return logAnswer(context, request);
    case 'GET status':
      return { status: 200, body: status(context, control) };
    default:
      if (['settings', 'reset', 'advance-clock', 'log', 'status'].includes(request.segments.join('/'))) {
        throw notAllowed('GET settings, PUT settings, POST reset, POST advance-clock, GET log, GET status');
      }
      throw notFound();
  }
}

// Any page in a browser on this computer can reach loopback; none but our own may steer the sandbox.
function refuseForeignPages(context: SandboxContext, request: ApiRequest): void {
  const origin = headerOf(request, 'origin');
  if (origin !== null && origin !== context.url()) {
    throw new Refused(403, 'The sandbox is controlled from this computer only, not from web pages.');
  }
}

function readChange(request: ApiRequest): Partial<SandboxSettings> {
  try {
    return parseSettingsChange(objectBody(request));
  } catch (error) {
    if (!(error instanceof ZodError)) throw error;
    const [issue] = error.issues;
    throw new Refused(
      400,
      `These settings are not valid: ${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}`.trim(),
    );
  }
}

function readMilliseconds(request: ApiRequest): number {
  const { ms } = objectBody(request);
  if (typeof ms !== 'number' || !Number.isInteger(ms))
    throw new Refused(400, 'ms must be a whole number of milliseconds.');
  return ms;
}

function logAnswer(context: SandboxContext, request: ApiRequest): Answer {
  const after = Number(request.query.get('after') ?? '0');
  if (!Number.isInteger(after) || after < 0) throw new Refused(400, 'after must be the seq of a log entry.');
  const entries = context.store.journal.after(after, LOG_PAGE + 1);
  return { status: 200, body: { items: entries.slice(0, LOG_PAGE), hasMore: entries.length > LOG_PAGE } };
}

function status(context: SandboxContext, control: SandboxControl): Readonly<Record<string, unknown>> {
  return {
    url: context.url(),
    tenants: context.store.seededAs(),
    now: new Date(context.now()).toISOString(),
    seq: context.store.journal.rev(),
    requestCount: control.requestCount(),
  };
}
