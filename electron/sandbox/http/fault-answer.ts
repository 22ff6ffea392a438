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
    case 'delay':
    case 'drop-before-commit':
    case 'drop-after-commit':
    case 'truncated-body':
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
