import { servicePath } from '../../../shared/cloud/paths.ts';
import { callerOf } from '../admin/caller.ts';
import type { SandboxContext } from '../context.ts';
import type { Answer } from '../http/answer.ts';
import { notAllowed, notFound, type ApiRequest } from '../http/api-request.ts';
import { beginAuthorization, finishAuthorization } from './authorize.ts';
import { tokenAnswer } from './token-endpoint.ts';

/** The authentication service: `authorize`, `token` and the metadata of RFC 8414. */
export function authenticationAnswer(context: SandboxContext, request: ApiRequest): Answer {
  switch (request.segments.join('/')) {
    case 'authorize':
      if (request.method === 'GET') return beginAuthorization(context, request);
      if (request.method === 'POST') return finishAuthorization(context, request);
      throw notAllowed('GET, POST');
    case 'token':
      if (request.method === 'POST') return tokenAnswer(context, request);
      if (request.method === 'GET') return claimsAnswer(context, request);
      throw notAllowed('GET, POST');
    case '.well-known/openid-configuration':
    case '.well-known/oauth-authorization-server':
      if (request.method === 'GET') return metadataAnswer(context);
      throw notAllowed('GET');
    default:
      throw notFound();
  }
}

/** `GET token`: the claims of the caller, all strings. */
function claimsAnswer(context: SandboxContext, request: ApiRequest): Answer {
  const caller = callerOf(context, request);
  return {
    status: 200,
    headers: { 'cache-control': 'no-store' },
    body: {
      sub: caller.userId,
      accountId: caller.account.accountId,
      accountNumber: caller.account.accountNumber,
      name: caller.name,
      email: caller.email,
      role: caller.role,
      partnerId: caller.account.partnerId,
      permissions: caller.permissions,
    },
  };
}

function metadataAnswer(context: SandboxContext): Answer {
  const issuer = `${context.url()}${servicePath('authentication')}`;
  return {
    status: 200,
    body: {
      issuer,
      authorization_endpoint: `${issuer}/authorize`,
      token_endpoint: `${issuer}/token`,
      response_types_supported: ['code'],
      grant_types_supported: ['authorization_code', 'password', 'refresh_token'],
      code_challenge_methods_supported: ['S256'],
      token_endpoint_auth_methods_supported: ['none'],
    },
  };
}
