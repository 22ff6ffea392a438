import { CLIENT_ID } from '../../../shared/cloud/paths.ts';
import type { SandboxContext } from '../context.ts';
import type { Answer } from '../http/answer.ts';
import { headerOf, type ApiRequest } from '../http/api-request.ts';
import { findPerson } from './find-person.ts';
import { OAuthError, oauthErrorAnswer } from './oauth-error.ts';
import { exchangeCode, issueTokens, refreshTokens } from './tokens.ts';

type Parameters = Readonly<Record<string, string>>;

/** `POST token`: the grants authorization_code, password and refresh_token, from a form or a JSON body. */
export function tokenAnswer(context: SandboxContext, request: ApiRequest): Answer {
  try {
    return grant(context, parameters(request));
  } catch (error) {
    if (error instanceof OAuthError) return oauthErrorAnswer(error);
    throw error;
  }
}

function grant(context: SandboxContext, given: Parameters): Answer {
  switch (given['grant_type']) {
    case 'authorization_code':
      if (given['client_id'] !== CLIENT_ID) throw new OAuthError('invalid_client', 'client_id is not known here.');
      return exchangeCode(context, {
        code: needed(given, 'code'),
        verifier: needed(given, 'code_verifier'),
        redirectUri: needed(given, 'redirect_uri'),
      });
    case 'password': {
      const person = findPerson(context, {
        email: needed(given, 'username'),
        password: needed(given, 'password'),
        accountId: given['account_id'] ?? '',
      });
      return issueTokens(context, person.userId, context.ids.uuid());
    }
    case 'refresh_token':
      // Known sources differ in the field's name: both are accepted.
      return refreshTokens(context, given['refresh_token'] ?? needed(given, 'token'));
    case undefined:
      throw new OAuthError('invalid_request', 'grant_type is missing.');
    default:
      throw new OAuthError(
        'unsupported_grant_type',
        'Use authorization_code, password or refresh_token as grant_type.',
      );
  }
}

function parameters(request: ApiRequest): Parameters {
  const type = headerOf(request, 'content-type') ?? '';
  if (!type.includes('json')) return Object.fromEntries(new URLSearchParams(request.rawBody));
  try {
    const body: unknown = JSON.parse(request.rawBody);
    if (typeof body !== 'object' || body === null) return {};
    return Object.fromEntries(Object.entries(body).filter(([, value]) => typeof value === 'string'));
  } catch {
    throw new OAuthError('invalid_request', 'The body of this request is not valid JSON.');
  }
}

function needed(given: Parameters, name: string): string {
  const value = given[name] ?? '';
  if (value === '') throw new OAuthError('invalid_request', `${name} is missing.`);
  return value;
}
