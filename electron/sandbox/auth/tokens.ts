import { createHash } from 'node:crypto';
import type { SandboxContext } from '../context.ts';
import type { Answer } from '../http/answer.ts';
import { OAuthError } from './oauth-error.ts';
import { sha256 } from './passwords.ts';

const REFRESH_LIFE_MS = 30 * 86_400_000;
/** A refresh whose answer was lost may be repeated for this long; later it is a stolen token (RFC 9700 4.14.2). */
const REFRESH_GRACE_MS = 60_000;

/** A new access and refresh token. Tokens of one sign-in share a family and are revoked together. */
export function issueTokens(context: SandboxContext, userId: string, family: string): Answer {
  const { identities } = context.store;
  const seconds = context.settings().accessTokenSeconds;
  const now = context.now();
  const access = context.ids.secret();
  const refresh = context.ids.secret();
  context.store.write(() => {
    identities.sweep(now);
    const shared = { family, userId, rotatedAt: null };
    identities.addToken({ ...shared, tokenHash: sha256(access), kind: 'access', expiresAt: now + seconds * 1000 });
    identities.addToken({ ...shared, tokenHash: sha256(refresh), kind: 'refresh', expiresAt: now + REFRESH_LIFE_MS });
  });
  return {
    status: 200,
    headers: { 'cache-control': 'no-store' },
    body: { token_type: 'Bearer', expires_in: seconds, access_token: access, refresh_token: refresh, scope: 'admin' },
  };
}

/** Rotates a refresh token. */
export function refreshTokens(context: SandboxContext, refreshToken: string): Answer {
  const { identities, users, accounts } = context.store;
  const now = context.now();
  const tokenHash = sha256(refreshToken);
  const kept = identities.token(tokenHash);
  if (!kept || kept.kind !== 'refresh')
    throw new OAuthError('invalid_grant', 'The refresh token is not known. Sign in again.');
  if (kept.expiresAt <= now) throw new OAuthError('invalid_grant', 'The refresh token has expired. Sign in again.');
  if (kept.rotatedAt !== null && now - kept.rotatedAt > REFRESH_GRACE_MS) {
    identities.revokeFamily(kept.family);
    throw new OAuthError('invalid_grant', 'The refresh token was used twice, so its sign-in was ended. Sign in again.');
  }
  const user = users.byId(kept.userId);
  const account = user && accounts.byPosition(user.account);
  if (!account || account.isActive === 0) {
    throw new OAuthError('invalid_grant', 'This user can no longer sign in. Ask the partner of the account.');
  }
  return context.store.write(() => {
    if (kept.rotatedAt === null) identities.rotateToken(tokenHash, now);
    return issueTokens(context, kept.userId, kept.family);
  });
}

/** Exchanges an authorization code, once, with its PKCE verifier (RFC 7636, S256 only). */
export function exchangeCode(
  context: SandboxContext,
  given: { readonly code: string; readonly verifier: string; readonly redirectUri: string },
): Answer {
  const { identities } = context.store;
  const kept = identities.byCode(sha256(given.code));
  if (!kept || kept.userId === null)
    throw new OAuthError('invalid_grant', 'The authorization code is not known. Sign in again.');
  if (kept.family !== null) {
    identities.revokeFamily(kept.family);
    throw new OAuthError(
      'invalid_grant',
      'The authorization code was used before, so its sign-in was ended. Sign in again.',
    );
  }
  if (kept.expiresAt <= context.now())
    throw new OAuthError('invalid_grant', 'The authorization code has expired. Sign in again.');
  if (kept.redirectUri !== given.redirectUri) {
    throw new OAuthError('invalid_grant', 'redirect_uri is not the one of the authorization request.');
  }
  if (createHash('sha256').update(given.verifier).digest('base64url') !== kept.codeChallenge) {
    throw new OAuthError(
      'invalid_grant',
      'code_verifier does not fit the code_challenge of the authorization request.',
    );
  }
  const { userId, requestId } = kept;
  const family = context.ids.uuid();
  return context.store.write(() => {
    identities.exchanged(requestId, family);
    return issueTokens(context, userId, family);
  });
}
