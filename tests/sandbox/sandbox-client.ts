import { afterEach } from 'vitest';
import { servicePath, type ServiceName } from '../../shared/cloud/paths.ts';
import { DEMO_ADMIN, DEMO_PARTNER, faultRule, type FaultRule } from '../../shared/cloud/sandbox-control.ts';
import { startSandbox, type Sandbox, type SandboxOptions } from '../../electron/sandbox/sandbox.ts';

type Json = Record<string, unknown>;

export type Reply = { readonly status: number; readonly headers: Headers; readonly body: Json; readonly text: string };

const open = new Set<Sandbox>();
afterEach(async () => {
  for (const sandbox of open) await sandbox.close();
  open.clear();
});

/** A small sandbox in memory, closed after the test. */
export async function aSandbox(options: Partial<SandboxOptions> = {}): Promise<Sandbox> {
  const sandbox = await startSandbox({ directory: null, port: 0, tenants: 'small', ...options });
  open.add(sandbox);
  return sandbox;
}

export type Call = {
  readonly service?: ServiceName;
  readonly method?: string;
  readonly token?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly form?: Readonly<Record<string, string>>;
};

/** One request. `path` is below the service's prefix, or a whole address from `_links`. */
export async function call(sandbox: Sandbox, path: string, options: Call = {}): Promise<Reply> {
  const url = path.startsWith('http') ? path : `${sandbox.url}${servicePath(options.service ?? 'admin', path)}`;
  const body = options.form ? new URLSearchParams(options.form) : json(options.body);
  const response = await fetch(url, {
    method: options.method ?? 'GET',
    redirect: 'manual',
    headers: {
      ...(options.token === undefined ? {} : { authorization: `Bearer ${options.token}` }),
      ...(options.body === undefined ? {} : { 'content-type': 'application/json' }),
      ...options.headers,
    },
    ...(body === undefined ? {} : { body }),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, text, body: parsed(text) };
}

export async function passwordTokens(
  sandbox: Sandbox,
  person: { readonly email: string; readonly password: string },
  accountId = '',
): Promise<Reply> {
  const form = { grant_type: 'password', username: person.email, password: person.password, account_id: accountId };
  return call(sandbox, 'token', { service: 'authentication', method: 'POST', form });
}

/** An access token of the person, the partner's technician when nobody is named. */
export async function tokenOf(
  sandbox: Sandbox,
  person: { readonly email: string; readonly password: string } = DEMO_PARTNER,
): Promise<string> {
  const reply = await passwordTokens(sandbox, person);
  return String(reply.body['access_token']);
}

/** The account id of the harbour account. */
export function harbourId(sandbox: Sandbox): string {
  return accountIdOf(sandbox, DEMO_ADMIN.accountNumber);
}

export function accountIdOf(sandbox: Sandbox, accountNumber: string): string {
  const account = sandbox.oracle.accounts().find((one) => one['accountNumber'] === accountNumber);
  return String(account?.['accountId']);
}

export function items(reply: Reply): readonly Json[] {
  const embedded = reply.body['_embedded'] as { items: Json[] } | undefined;
  return embedded?.items ?? (reply.body['items'] as Json[] | undefined) ?? [];
}

export function nextLink(reply: Reply): string | undefined {
  return (reply.body['_links'] as { next?: string }).next;
}

/** The outcomes of a batch. */
export function outcomes(
  reply: Reply,
): readonly { statusCode: number; headers: Record<string, string>; body?: Json }[] {
  return reply.body['operations'] as { statusCode: number; headers: Record<string, string>; body?: Json }[];
}

export function aUser(name: string, more: Json = {}): Json {
  return { firstName: name, lastName: 'Newcomer', email: `${name.toLowerCase()}@new.example`, role: 'USER', ...more };
}

export function aFault(rule: Partial<FaultRule> & Pick<FaultRule, 'kind'>): FaultRule {
  return faultRule.parse(rule);
}

function json(body: unknown): string | undefined {
  if (body === undefined) return undefined;
  return typeof body === 'string' ? body : JSON.stringify(body);
}

function parsed(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return {};
  }
}
