import type { FaultRule } from '../../../shared/cloud/sandbox-control.ts';
import { HEADERS } from '../../../shared/cloud/paths.ts';
import type { Answer } from './answer.ts';

/** Which faults let the request be executed, and what the client then gets. */
export const EXECUTED_FAULTS: ReadonlySet<FaultRule['kind']> = new Set([
  'drop-after-commit',
  'server-error-after-commit',
  'truncated-body',
  // A proxy that breaks the answer on its way back; the sign-in page of a site network (html-page) lets nothing through.
  'not-json',
  'reset',
  'no-answer',
  'slow-body',
  'late-answer',
  'duplicate',
  'wrong-etag',
  'operation-errors',
]);

/** After these nothing whole arrives, so the record of the request says status 0. */
export const UNANSWERED_FAULTS: ReadonlySet<FaultRule['kind']> = new Set([
  'drop-before-commit',
  'drop-after-commit',
  'reset',
  'no-answer',
]);

/** The answer a fault puts in the place of the real one; null when there is none (dropped) or it is the real one. */
export function faultAnswer(rule: FaultRule, now: number): Answer | null {
  switch (rule.kind) {
    case 'rate-limit':
      return {
        status: 429,
        headers: retryAfter(rule, now),
        body: { message: 'Too many requests. Wait and send this one again.' },
      };
    case 'unavailable':
      return {
        status: 503,
        headers: retryAfter(rule, now),
        body: { message: 'The service is not available at the moment. Try again later.' },
      };
    case 'server-error':
    case 'server-error-after-commit':
      return { status: 500, body: { message: 'Something went wrong in the cloud. Try again later.' } };
    case 'unauthorised':
      return {
        status: 401,
        headers: { 'www-authenticate': 'Bearer error="invalid_token"' },
        body: { message: 'The access token is not accepted. Refresh it or sign in again.' },
      };
    case 'not-json':
      return {
        status: 200,
        text: { type: 'application/json', content: 'upstream connect error: reset before headers' },
      };
    case 'html-page':
      return { status: 200, text: { type: 'text/html; charset=utf-8', content: CAPTIVE_PORTAL } };
    case 'portal-redirect':
      return {
        status: 302,
        headers: { location: 'http://portal.example/welcome' },
        text: { type: 'text/html; charset=utf-8', content: CAPTIVE_PORTAL },
      };
    case 'proxy-sign-in':
      return {
        status: 407,
        headers: { 'proxy-authenticate': 'Basic realm="proxy.example"' },
        text: { type: 'text/html; charset=utf-8', content: '<!doctype html><title>Proxy sign-in</title>' },
      };
    case 'delay':
    case 'drop-before-commit':
    case 'drop-after-commit':
    case 'truncated-body':
    case 'reset':
    case 'no-answer':
    case 'slow-body':
    case 'late-answer':
    case 'duplicate':
    case 'wrong-etag':
    case 'operation-errors':
      return null;
  }
}

const CAPTIVE_PORTAL = `<!doctype html><html lang="en"><head><title>Welcome to the guest network</title></head>
<body><h1>Welcome</h1><p>Accept the terms of this network to go online.</p>
<form method="post" action="http://portal.example/accept"><button>Accept and connect</button></form></body></html>`;

function retryAfter(rule: FaultRule, now: number): Readonly<Record<string, string>> {
  const seconds = rule.retryAfterSeconds;
  if (seconds === undefined) return {};
  const value = rule.isRetryAfterDate ? new Date(now + seconds * 1000).toUTCString() : String(seconds);
  return { [HEADERS.retryAfter]: value };
}

/** The same answer with every ETag another one: a cache on the way that answers with the tag of its own copy. */
export function withWrongEtags(answer: Answer): Answer {
  const headers = Object.fromEntries(
    Object.entries(answer.headers ?? {}).map(([name, value]) => [name, name === HEADERS.etag ? wrong(value) : value]),
  );
  return { ...answer, headers, ...(answer.body === undefined ? {} : { body: retagged(answer.body) }) };
}

function retagged(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(retagged);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, entry]) => [
      key,
      key === 'etag' && typeof entry === 'string' ? wrong(entry) : retagged(entry),
    ]),
  );
}

function wrong(etag: string): string {
  return `"stale-${etag.replaceAll('"', '')}"`;
}
