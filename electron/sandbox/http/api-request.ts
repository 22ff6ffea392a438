import type { IncomingHttpHeaders } from 'node:http';
import { Refused } from './answer.ts';

export type ApiRequest = {
  readonly method: string;
  /** Path and query as they came. */
  readonly target: string;
  /** The path below the service's prefix, cut at its slashes and decoded. */
  readonly segments: readonly string[];
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly rawBody: string;
  readonly correlationId: string;
};

/** The body as JSON; refuses anything else. */
export function jsonBody(request: ApiRequest): unknown {
  try {
    return JSON.parse(request.rawBody);
  } catch {
    throw new Refused(400, 'The body of this request is not valid JSON. Send it again as JSON.');
  }
}

/** The body as a JSON object. */
export function objectBody(request: ApiRequest): Readonly<Record<string, unknown>> {
  const body = jsonBody(request);
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    throw new Refused(400, 'The body of this request must be a JSON object.');
  }
  return body as Readonly<Record<string, unknown>>;
}

/** A header that comes once; null when it is absent or empty. */
export function headerOf(request: ApiRequest, name: string): string | null {
  const value = request.headers[name];
  return typeof value === 'string' && value !== '' ? value : null;
}

export function notAllowed(allowed: string): Refused {
  return new Refused(405, `This address takes only ${allowed}.`, { headers: { allow: allowed } });
}

export function notFound(): Refused {
  return new Refused(404, 'There is nothing at this address. Check the path and the version of the service.');
}
