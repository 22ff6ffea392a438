import { CLIENT_ID } from '../../../shared/cloud/paths.ts';
import type { SandboxContext } from '../context.ts';
import type { Authorization } from '../database/identity-table.ts';
import type { Answer } from '../http/answer.ts';
import type { ApiRequest } from '../http/api-request.ts';
import { findPerson } from './find-person.ts';
import { OAuthError } from './oauth-error.ts';
import { sha256 } from './passwords.ts';
import { problemPage, signInPage } from './sign-in-page.ts';

const REQUEST_LIFE_MS = 10 * 60_000;
const CODE_LIFE_MS = 2 * 60_000;
const LOOPBACK = new Set(['127.0.0.1', '[::1]', 'localhost']);

/** `GET authorize`: code flow with PKCE for a public client on this computer (RFC 8252). Answers the sign-in page. */
export function beginAuthorization(context: SandboxContext, request: ApiRequest): Answer {
  const { query } = request;
  const redirectUri = query.get('redirect_uri') ?? '';
  // Without a client and an address that are known to be right, nothing may be sent back: the person is told here.
  if (query.get('client_id') !== CLIENT_ID)
    return problemPage(context, 'The program that sent you here is not known to this cloud.');
  if (!isLoopback(redirectUri))
    return problemPage(context, 'The program that sent you here gave an address that is not on this computer.');

  const state = query.get('state') ?? '';
  const codeChallenge = query.get('code_challenge') ?? '';
  if (query.get('response_type') !== 'code')
    return back({ redirectUri, state }, { error: 'unsupported_response_type' });
  if (query.get('code_challenge_method') !== 'S256' || !/^[\w-]{43}$/u.test(codeChallenge)) {
    return back({ redirectUri, state }, { error: 'invalid_request', error_description: 'PKCE with S256 is required.' });
  }
  const requestId = context.ids.secret();
  const pending = { requestId, redirectUri, state, codeChallenge, expiresAt: context.now() + REQUEST_LIFE_MS };
  context.store.identities.begin(pending);
  return signInPage(context, { ...pending, error: '', email: '' });
}

/** `POST authorize`: the form of the sign-in page. */
export function finishAuthorization(context: SandboxContext, request: ApiRequest): Answer {
  const form = new URLSearchParams(request.rawBody);
  const pending = context.store.identities.pendingRequest(form.get('request') ?? '');
  if (!pending || pending.expiresAt <= context.now()) {
    return problemPage(context, 'This sign-in is no longer open. Go back to Fieldlink and start it again.');
  }
  if (form.get('action') === 'deny') {
    context.store.identities.forgetRequest(pending.requestId);
    return back(pending, { error: 'access_denied', error_description: 'The person did not sign in.' });
  }
  const chosen = form.get('identity');
  try {
    const userId = chosen === null ? typedPerson(context, form) : listedPerson(context, chosen);
    const code = context.ids.secret();
    context.store.identities.grantCode(pending.requestId, {
      codeHash: sha256(code),
      userId,
      expiresAt: context.now() + CODE_LIFE_MS,
    });
    return back(pending, { code });
  } catch (error) {
    if (!(error instanceof OAuthError)) throw error;
    return signInPage(context, { ...pending, error: error.message, email: form.get('email') ?? '' });
  }
}

function typedPerson(context: SandboxContext, form: URLSearchParams): string {
  return findPerson(context, {
    email: form.get('email') ?? '',
    password: form.get('password') ?? '',
    accountId: form.get('account') ?? '',
  }).userId;
}

// The page names its demo people, so choosing one needs no password.
function listedPerson(context: SandboxContext, userId: string): string {
  const person = context.store.identities.credentials().find((one) => one.userId === userId);
  if (!person) throw new OAuthError('invalid_grant', 'This demo person no longer exists. Choose another one.');
  if (person.isActive === 0)
    throw new OAuthError('invalid_grant', 'The account of this person is deactivated. Choose another one.');
  return person.userId;
}

function back(
  pending: Pick<Authorization, 'redirectUri' | 'state'>,
  parameters: Readonly<Record<string, string>>,
): Answer {
  const target = new URL(pending.redirectUri);
  for (const [name, value] of Object.entries(parameters)) target.searchParams.set(name, value);
  if (pending.state !== '') target.searchParams.set('state', pending.state);
  return {
    status: 303,
    headers: { location: target.href, 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' },
  };
}

function isLoopback(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const url = new URL(text);
  return url.protocol === 'http:' && LOOPBACK.has(url.hostname) && url.username === '' && url.hash === '';
}
