import type { UnreachableReason } from '../../../shared/model/connection.ts';

/**
 * What came back, sorted by what it proves. The sync decides by `kind` alone:
 * only `ok` and `refused` prove that the server has judged the request; after `broken` and `lost` nobody knows (SYNC 3.2).
 */
export type Answer =
  | {
      readonly kind: 'ok';
      readonly status: number;
      readonly body: unknown;
      readonly correlationId: string;
      readonly etag: string | null;
    }
  | {
      readonly kind: 'refused';
      readonly status: number;
      readonly message: string;
      readonly body: unknown;
      readonly correlationId: string;
    }
  /** 429, and 503 with Retry-After: not executed; the whole host waits. */
  | {
      readonly kind: 'throttled';
      readonly status: number;
      readonly retryAfterMs: number | null;
      readonly message: string;
      readonly correlationId: string;
    }
  /** 401 that a new token did not cure: not executed. */
  | { readonly kind: 'unauthorised'; readonly correlationId: string }
  /** 5xx: may have been executed. */
  | { readonly kind: 'broken'; readonly status: number; readonly message: string; readonly correlationId: string }
  /** No answer, half an answer, or somebody else's answer (captive portal). */
  | { readonly kind: 'lost'; readonly reason: UnreachableReason; readonly message: string };

/**
 * An answer that is not the cloud's but of something on the way: a site network that wants its own sign-in, a proxy, a filter.
 * Null: it may be the cloud's. An error page of a gateway (5xx) is the cloud's: nobody else knows what became of the request.
 */
export function strangerOf(
  status: number,
  headers: Headers,
): { readonly reason: UnreachableReason; readonly message: string } | null {
  if ((status >= 300 && status < 400) || status === 511)
    return { reason: 'captive-portal', message: `redirected to ${headers.get('location') ?? ''}` };
  if (status === 407) return { reason: 'proxy', message: 'the proxy asks for a sign-in' };
  if (status >= 500 || status === 429 || !(headers.get('content-type') ?? '').includes('text/html')) return null;
  const message = 'a web page came instead of the cloud’s answer';
  return { reason: status < 300 ? 'captive-portal' : 'not-json', message };
}

/** Sorts the error of a fetch that got no answer. Node puts the cause in `cause.code`. */
export function reasonOf(error: unknown): UnreachableReason {
  const { code, name, message } = causeOf(error);
  if (name === 'TimeoutError' || code.includes('TIMEOUT') || code === 'ETIMEDOUT') return 'timeout';
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return 'dns';
  // A handshake that is cut has the code of any cut connection.
  if (message.includes('before secure TLS connection')) return 'tls';
  if (/CERT|TLS|SSL|SELF_SIGNED|UNABLE_TO_VERIFY|EPROTO/u.test(code)) return 'tls';
  if (code.includes('PROXY') || code === 'UND_ERR_PRX_TLS') return 'proxy';
  if (['ECONNRESET', 'EPIPE', 'ECONNABORTED', 'UND_ERR_SOCKET'].includes(code)) return 'broken-off';
  if (name === 'HTTPParserError') return 'not-json';
  // Node turns a 407 into an error without code and words (Fetch, HTTP-network-or-cache fetch, step 12); nothing else comes like that.
  if (code === '' && name === 'Error' && message === '') return 'proxy';
  return 'refused';
}

type Cause = { readonly code: string; readonly name: string; readonly message: string };

function causeOf(error: unknown): Cause {
  if (!(error instanceof Error)) return { code: '', name: '', message: 'unknown' };
  if (error.name === 'TimeoutError' || error.cause === undefined) return partsOf(error);
  const { errors } = error.cause as { errors?: unknown };
  // Happy eyeballs: several addresses were tried, each failed in its own way.
  return partsOf(Array.isArray(errors) ? errors[0] : error.cause);
}

function partsOf(error: unknown): Cause {
  const { code, name, message } = (error ?? {}) as Partial<Record<keyof Cause, unknown>>;
  const word = (value: unknown): string => (typeof value === 'string' ? value : '');
  return { code: word(code), name: word(name), message: word(message) };
}
