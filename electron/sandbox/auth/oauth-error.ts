import type { Answer } from '../http/answer.ts';

/** An error of the token endpoint in the form of RFC 6749 5.2, with the `message` of the other services. */
export class OAuthError extends Error {
  override readonly name = 'OAuthError';
  readonly code: string;
  readonly extra: Readonly<Record<string, unknown>>;

  constructor(code: string, message: string, extra: Readonly<Record<string, unknown>> = {}) {
    super(message);
    this.code = code;
    this.extra = extra;
  }
}

export function oauthErrorAnswer(error: OAuthError): Answer {
  return {
    status: error.code === 'invalid_client' ? 401 : 400,
    headers: { 'cache-control': 'no-store' },
    body: { error: error.code, error_description: error.message, message: error.message, ...error.extra },
  };
}
