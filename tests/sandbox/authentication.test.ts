import { createHash } from 'node:crypto';
import * as oauth from 'oauth4webapi';
import { expect, test } from 'vitest';
import { CLIENT_ID, servicePath } from '../../shared/cloud/paths.ts';
import { wireClaims, wireToken } from '../../shared/cloud/wire.ts';
import { DEMO_ADMIN, DEMO_PARTNER, DEMO_SHARED_ADMIN, DEMO_USER } from '../../shared/cloud/sandbox-control.ts';
import type { Sandbox } from '../../electron/sandbox/sandbox.ts';
import { aSandbox, call, passwordTokens, tokenOf, type Reply } from './sandbox-client.ts';

const REDIRECT = 'http://127.0.0.1:43210/callback';
const VERIFIER = 'v'.repeat(64);
const CHALLENGE = createHash('sha256').update(VERIFIER).digest('base64url');

function authorizePath(more: Record<string, string> = {}): string {
  const query = new URLSearchParams({
    response_type: 'code',
    client_id: CLIENT_ID,
    redirect_uri: REDIRECT,
    state: 'state-1',
    code_challenge: CHALLENGE,
    code_challenge_method: 'S256',
    ...more,
  });
  return `authorize?${query.toString()}`;
}

async function openPage(sandbox: Sandbox): Promise<{ page: Reply; request: string }> {
  const page = await call(sandbox, authorizePath(), { service: 'authentication' });
  return { page, request: /name="request" value="([^"]+)"/u.exec(page.text)?.[1] ?? '' };
}

async function post(sandbox: Sandbox, path: string, form: Record<string, string>): Promise<Reply> {
  return call(sandbox, path, { service: 'authentication', method: 'POST', form });
}

async function signIn(sandbox: Sandbox): Promise<string> {
  const { page, request } = await openPage(sandbox);
  const identity = /name="identity" value="([^"]+)"/u.exec(page.text)?.[1] ?? '';
  const reply = await post(sandbox, 'authorize', { request, identity });
  expect(reply.status).toBe(303);
  const target = new URL(reply.headers.get('location') ?? '');
  expect(target.searchParams.get('state')).toBe('state-1');
  return target.searchParams.get('code') ?? '';
}

function codeForm(code: string, verifier = VERIFIER): Record<string, string> {
  return {
    grant_type: 'authorization_code',
    client_id: CLIENT_ID,
    redirect_uri: REDIRECT,
    code,
    code_verifier: verifier,
  };
}

test('CLI-2: the code flow with PKCE ends in a token, once', async () => {
  const sandbox = await aSandbox();
  const code = await signIn(sandbox);
  const tokens = await post(sandbox, 'token', codeForm(code));
  expect(tokens.status).toBe(200);
  const { access_token: token } = wireToken.parse(tokens.body);
  const claims = await call(sandbox, 'token', { service: 'authentication', token });
  expect(wireClaims.parse(claims.body)).toMatchObject({ email: DEMO_PARTNER.email, role: 'PARTNER' });

  const again = await post(sandbox, 'token', codeForm(code));
  expect([again.status, again.body['error']]).toEqual([400, 'invalid_grant']);
  // A code that comes twice was stolen: its tokens end too.
  expect((await call(sandbox, 'token', { service: 'authentication', token })).status).toBe(401);
});

test('CLI-2: the code flow answers a standard client', async () => {
  const sandbox = await aSandbox();
  const issuer = new URL(`${sandbox.url}${servicePath('authentication')}`);
  const allow = { [oauth.allowInsecureRequests]: true };
  const server = await oauth.processDiscoveryResponse(issuer, await oauth.discoveryRequest(issuer, allow));
  const client = { client_id: CLIENT_ID };
  const code = await signIn(sandbox);
  const callback = new URL(`${REDIRECT}?code=${code}&state=state-1`);
  const parameters = oauth.validateAuthResponse(server, client, callback, 'state-1');
  const response = await oauth.authorizationCodeGrantRequest(
    server,
    client,
    oauth.None(),
    parameters,
    REDIRECT,
    VERIFIER,
    allow,
  );
  const tokens = await oauth.processAuthorizationCodeResponse(server, client, response);
  expect(tokens.expires_in).toBe(3600);
  const refreshed = await oauth.refreshTokenGrantRequest(
    server,
    client,
    oauth.None(),
    tokens.refresh_token ?? '',
    allow,
  );
  const next = await oauth.processRefreshTokenResponse(server, client, refreshed);
  expect(next.refresh_token).not.toBe(tokens.refresh_token);
});

test('CLI-2: a code is refused with the wrong verifier, the wrong address, or after two minutes', async () => {
  let now = 1_800_000_000_000;
  const sandbox = await aSandbox({ clock: () => now });
  const code = await signIn(sandbox);
  expect((await post(sandbox, 'token', codeForm(code, 'w'.repeat(64)))).body['error']).toBe('invalid_grant');
  const elsewhere = { ...codeForm(code), redirect_uri: 'http://127.0.0.1:1/other' };
  expect((await post(sandbox, 'token', elsewhere)).body['error']).toBe('invalid_grant');
  now += 121_000;
  expect((await post(sandbox, 'token', codeForm(code))).body['error']).toBe('invalid_grant');
});

test('CLI-2: the sign-in page is labelled as a sandbox, runs no script and takes a typed password', async () => {
  const sandbox = await aSandbox();
  const { page, request } = await openPage(sandbox);
  expect(page.text).toContain('Fieldlink Sandbox');
  expect(page.text).toContain('Every person and company in it is invented');
  expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
  expect(page.text).not.toContain('<script');
  const wrong = await post(sandbox, 'authorize', { request, email: DEMO_ADMIN.email, password: '<b>no</b>' });
  expect(wrong.text).toContain('role="alert"');
  const right = await post(sandbox, 'authorize', { request, email: DEMO_ADMIN.email, password: DEMO_ADMIN.password });
  expect(right.headers.get('location')).toMatch(/^http:\/\/127\.0\.0\.1:43210\/callback\?code=.+&state=state-1$/u);
});

test('CLI-2: denying goes back with access_denied', async () => {
  const sandbox = await aSandbox();
  const { request } = await openPage(sandbox);
  const reply = await post(sandbox, 'authorize', { request, action: 'deny' });
  const target = new URL(reply.headers.get('location') ?? '');
  expect([target.searchParams.get('error'), target.searchParams.get('state')]).toEqual(['access_denied', 'state-1']);
});

test.each([
  ['another client', { client_id: 'someone-else' }],
  ['an address that is not on this computer', { redirect_uri: 'http://evil.example/callback' }],
  ['an address with a scheme of its own', { redirect_uri: 'javascript:alert(1)' }],
])('CLI-2: authorize never redirects for %s', async (_what, more) => {
  const sandbox = await aSandbox();
  const reply = await call(sandbox, authorizePath(more), { service: 'authentication' });
  expect([reply.status, reply.headers.get('location')]).toEqual([400, null]);
});

test.each([
  ['no challenge', { code_challenge: '' }, 'invalid_request'],
  ['a plain challenge', { code_challenge_method: 'plain' }, 'invalid_request'],
  ['the implicit flow', { response_type: 'token' }, 'unsupported_response_type'],
])('CLI-2: authorize sends back an error for %s', async (_what, more, error) => {
  const sandbox = await aSandbox();
  const reply = await call(sandbox, authorizePath(more), { service: 'authentication' });
  expect(new URL(reply.headers.get('location') ?? '').searchParams.get('error')).toBe(error);
});

test('CLI-2: the password grant takes form and JSON, and an account number for a shared e-mail', async () => {
  const sandbox = await aSandbox();
  const body = { grant_type: 'password', username: DEMO_ADMIN.email, password: DEMO_ADMIN.password };
  expect((await call(sandbox, 'token', { service: 'authentication', method: 'POST', body })).status).toBe(200);

  const asked = await passwordTokens(sandbox, DEMO_SHARED_ADMIN);
  expect([asked.status, asked.body['error']]).toEqual([400, 'account_required']);
  const accounts = asked.body['accounts'] as { accountNumber: string; name: string }[];
  expect(accounts.map((account) => account.accountNumber)).toEqual(['100000003', '100000004']);
  const chosen = await passwordTokens(sandbox, DEMO_SHARED_ADMIN, '100000004');
  const token = String(chosen.body['access_token']);
  const claims = await call(sandbox, 'token', { service: 'authentication', token });
  expect(claims.body['accountNumber']).toBe('100000004');
  expect((await passwordTokens(sandbox, DEMO_SHARED_ADMIN, '100000002')).body['error']).toBe('invalid_grant');
});

test('CLI-2: a wrong password and an unknown grant are OAuth errors with a message and a correlation id', async () => {
  const sandbox = await aSandbox();
  const wrong = await passwordTokens(sandbox, { email: DEMO_ADMIN.email, password: 'wrong' });
  expect(wrong.status).toBe(400);
  expect(wrong.body).toMatchObject({ error: 'invalid_grant', message: expect.stringContaining('wrong') });
  expect(wrong.headers.get('x-mitel-correlation-id')).toMatch(/^[0-9a-f-]{36}$/u);
  expect((await post(sandbox, 'token', { grant_type: 'magic' })).body['error']).toBe('unsupported_grant_type');
});

test('CLI-2: access tokens expire by the clock of the sandbox', async () => {
  const sandbox = await aSandbox({ settings: { accessTokenSeconds: 60 } });
  const token = await tokenOf(sandbox);
  expect((await call(sandbox, 'accounts', { token })).status).toBe(200);
  sandbox.configure({ clockOffsetMs: 61_000 });
  const late = await call(sandbox, 'accounts', { token });
  expect([late.status, late.headers.get('www-authenticate')]).toEqual([401, 'Bearer error="invalid_token"']);
});

test('CLI-2: a refresh rotates, may be repeated when its answer was lost, and ends the sign-in when repeated late', async () => {
  const sandbox = await aSandbox();
  const first = (await passwordTokens(sandbox, DEMO_PARTNER)).body;
  const refresh = async (token: unknown, field = 'refresh_token'): Promise<Reply> =>
    post(sandbox, 'token', { grant_type: 'refresh_token', [field]: String(token) });
  const second = await refresh(first['refresh_token']);
  const repeated = await refresh(first['refresh_token'], 'token');
  expect([second.status, repeated.status]).toEqual([200, 200]);
  expect(second.body['refresh_token']).not.toBe(first['refresh_token']);
  expect((await refresh(second.body['refresh_token'])).status).toBe(200);

  sandbox.configure({ clockOffsetMs: 61_000 });
  expect((await refresh(first['refresh_token'])).body['error']).toBe('invalid_grant');
  expect((await refresh(repeated.body['refresh_token'])).body['error']).toBe('invalid_grant');
});

test('CLI-2: a plain user gets a token and no rights', async () => {
  const sandbox = await aSandbox();
  const token = await tokenOf(sandbox, DEMO_USER);
  const claims = await call(sandbox, 'token', { service: 'authentication', token });
  expect(claims.body).toMatchObject({ role: 'USER', permissions: '' });
  expect((await call(sandbox, 'accounts', { token })).status).toBe(403);
});
