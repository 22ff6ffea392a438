import * as oauth from 'oauth4webapi';
import { CLIENT_ID, HEADERS, servicePath } from '../../../shared/cloud/paths.ts';
import { serviceOrigin } from '../../../shared/cloud/regions.ts';
import type { UnreachableReason } from '../../../shared/model/connection.ts';
import { retryAfterMs } from '../domain/backoff.ts';
import type { Clock } from '../runtime/clock.ts';
import { reasonOf, strangerOf } from './answer.ts';
import type { Fetch } from './cloud-client.ts';
import { exchange } from './exchange.ts';

export type TokenSet = {
  readonly accessToken: string;
  readonly refreshToken: string | null;
  readonly expiresInSeconds: number;
};

/** `unreachable`: nobody answered, try later. `refused`: the server said no, with its OAuth error code. */
export type GrantOutcome =
  | { readonly kind: 'granted'; readonly tokens: TokenSet }
  | { readonly kind: 'refused'; readonly error: string; readonly message: string }
  | {
      readonly kind: 'unreachable';
      readonly reason: UnreachableReason;
      readonly message: string;
      /** It asked to be left alone: milliseconds. Absent: it did not say so. */
      readonly retryAfterMs?: number;
    };

export type CodeRequest = { readonly url: URL; finish(callback: URL): Promise<GrantOutcome> };

export type OAuth = {
  /** The page to open in the system browser, and what to call with the address it came back to (RFC 8252, PKCE). */
  startCode(redirectUri: string): Promise<CodeRequest>;
  password(email: string, password: string, accountNumber: string | undefined): Promise<GrantOutcome>;
  refresh(refreshToken: string): Promise<GrantOutcome>;
};

export function createOAuth(
  cloudUrl: string,
  { fetch, clock, random }: { readonly fetch: Fetch; readonly clock: Clock; readonly random: () => number },
): OAuth {
  const origin = serviceOrigin(cloudUrl, 'authentication');
  const server: oauth.AuthorizationServer = {
    issuer: origin,
    authorization_endpoint: origin + servicePath('authentication', 'authorize'),
    token_endpoint: origin + servicePath('authentication', 'token'),
  };
  const client: oauth.Client = { client_id: CLIENT_ID };
  const isLoopback = ['127.0.0.1', 'localhost', '[::1]'].includes(new URL(cloudUrl).hostname);
  const options = { [oauth.customFetch]: limited, ...(isLoopback ? { [oauth.allowInsecureRequests]: true } : {}) };

  /** Within the time limits, and only what a token endpoint can have said: the rest is thrown with its reason. */
  async function limited(url: string, init: RequestInit): Promise<Response> {
    const { status, headers, text } = await exchange({ fetch, clock }, url, init);
    const stranger = strangerOf(status, headers);
    if (stranger) throw new NoTokenAnswer({ kind: 'unreachable', ...stranger });
    if (status === 429 || status >= 500) {
      const wait = retryAfterMs(headers.get(HEADERS.retryAfter), headers.get('date'), random());
      const isPause = status === 429 || (status === 503 && wait !== null);
      throw new NoTokenAnswer({
        kind: 'unreachable',
        reason: isPause ? 'rate-limited' : 'server-error',
        message: `the token endpoint answered ${status}`,
        ...(isPause && wait !== null ? { retryAfterMs: wait } : {}),
      });
    }
    return new Response(text, { status, headers });
  }

  async function granted(send: () => Promise<oauth.TokenEndpointResponse>): Promise<GrantOutcome> {
    try {
      const { access_token, refresh_token, expires_in } = await send();
      const tokens = {
        accessToken: access_token,
        refreshToken: refresh_token ?? null,
        expiresInSeconds: expires_in ?? 3600,
      };
      return { kind: 'granted', tokens };
    } catch (error) {
      return failed(error);
    }
  }

  return {
    async startCode(redirectUri) {
      const verifier = oauth.generateRandomCodeVerifier();
      const state = oauth.generateRandomState();
      const url = new URL(server.authorization_endpoint ?? '');
      url.search = new URLSearchParams({
        client_id: CLIENT_ID,
        redirect_uri: redirectUri,
        response_type: 'code',
        code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
        state,
      }).toString();
      return {
        url,
        finish: (callback) =>
          granted(async () => {
            const parameters = oauth.validateAuthResponse(server, client, callback, state);
            const response = await oauth.authorizationCodeGrantRequest(
              ...([server, client, oauth.None(), parameters, redirectUri, verifier, options] as const),
            );
            return oauth.processAuthorizationCodeResponse(server, client, response);
          }),
      };
    },
    password: (email, password, accountNumber) =>
      granted(async () => {
        const parameters = new URLSearchParams({ username: email, password });
        if (accountNumber !== undefined && accountNumber !== '') parameters.set('account_id', accountNumber);
        const response = await oauth.genericTokenEndpointRequest(
          server,
          client,
          oauth.None(),
          'password',
          parameters,
          options,
        );
        return oauth.processGenericTokenEndpointResponse(server, client, response);
      }),
    refresh: (refreshToken) =>
      granted(async () => {
        const response = await oauth.refreshTokenGrantRequest(server, client, oauth.None(), refreshToken, options);
        return oauth.processRefreshTokenResponse(server, client, response);
      }),
  };
}

/** 429 and 5xx, with an OAuth body or not, and what strangers say: try later, never "your password is wrong". */
class NoTokenAnswer extends Error {
  override readonly name = 'NoTokenAnswer';
  readonly outcome: Extract<GrantOutcome, { kind: 'unreachable' }>;
  constructor(outcome: Extract<GrantOutcome, { kind: 'unreachable' }>) {
    super(outcome.message);
    this.outcome = outcome;
  }
}

function failed(error: unknown): GrantOutcome {
  if (error instanceof NoTokenAnswer) return error.outcome;
  if (error instanceof oauth.ResponseBodyError) {
    return { kind: 'refused', error: error.error, message: error.error_description ?? '' };
  }
  if (error instanceof oauth.AuthorizationResponseError) {
    return { kind: 'refused', error: error.error, message: error.error_description ?? '' };
  }
  const message = error instanceof Error ? error.message : String(error);
  // An answer came, but not one of a token endpoint.
  if (error instanceof oauth.OperationProcessingError || error instanceof oauth.WWWAuthenticateChallengeError)
    return { kind: 'unreachable', reason: 'not-json', message };
  return { kind: 'unreachable', reason: reasonOf(error), message };
}
