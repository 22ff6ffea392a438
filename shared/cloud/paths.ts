/**
 * Where the cloud's services are. Known: one host per service, a date version per service (CLOUD_API.md).
 * Ours: on the sandbox the services are path prefixes below one loopback port.
 */
export const SERVICE_VERSIONS = {
  authentication: '2017-09-01',
  admin: '2017-09-01',
  // Ours, not Mitel's API: what CLOUD_API.md lists under "Ours".
  'sandbox-capabilities': '2026-11-01',
  'sandbox-control': '2026-11-01',
} as const;
export type ServiceName = keyof typeof SERVICE_VERSIONS;

/** The prefix of a service: `/admin/2017-09-01`. Paths below it have no leading slash. */
export function servicePath(service: ServiceName, path = ''): string {
  const prefix = `/${service}/${SERVICE_VERSIONS[service]}`;
  return path === '' ? prefix : `${prefix}/${path}`;
}

/** Header names, lower case as Node gives them. */
export const HEADERS = {
  correlationId: 'x-mitel-correlation-id',
  app: 'x-mitel-app',
  idempotencyKey: 'idempotency-key',
  etag: 'etag',
  ifMatch: 'if-match',
  retryAfter: 'retry-after',
} as const;

/** The public client of the code flow. A public client has no secret (RFC 8252). */
export const CLIENT_ID = 'fieldlink-console';
