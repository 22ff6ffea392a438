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

/** Sorts the error of a fetch that got no answer. Node puts the cause in `cause.code`. */
export function reasonOf(error: unknown): UnreachableReason {
  const code = errorCode(error);
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return 'dns';
  if (code.includes('TIMEOUT') || code === 'ETIMEDOUT') return 'timeout';
  if (/CERT|TLS|SSL|SELF_SIGNED|UNABLE_TO_VERIFY|EPROTO/u.test(code)) return 'tls';
  if (code.includes('PROXY') || code === 'UND_ERR_PRX_TLS') return 'proxy';
  return 'refused';
}

function errorCode(error: unknown): string {
  if (!(error instanceof Error)) return '';
  if (error.name === 'TimeoutError') return 'TIMEOUT';
  const cause = error.cause as { code?: unknown; errors?: unknown[] } | undefined;
  if (typeof cause?.code === 'string') return cause.code;
  // Happy eyeballs: several addresses were tried, each failed in its own way.
  if (Array.isArray(cause?.errors)) return errorCode(new Error('', { cause: cause.errors[0] }));
  return '';
}
