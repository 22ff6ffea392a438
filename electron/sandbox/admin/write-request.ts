import { HEADERS } from '../../../shared/cloud/paths.ts';
import type { SandboxContext } from '../context.ts';
import type { LogEntry } from '../database/records.ts';
import { answerOf, Refused, type Answer } from '../http/answer.ts';
import { headerOf, type ApiRequest } from '../http/api-request.ts';
import { sha256 } from '../auth/passwords.ts';
import { etagOf } from './bodies.ts';
import type { Caller } from './caller.ts';

/** One write: a request of its own or one operation of a batch. */
export type WriteRequest = {
  readonly caller: Caller;
  readonly correlationId: string;
  /** Null when none was sent or the capability is off. */
  readonly idempotencyKey: string | null;
  readonly ifMatch: string | null;
  /** What "the same request" means for the key. */
  readonly fingerprint: string;
};

export function writeRequest(context: SandboxContext, caller: Caller, request: ApiRequest): WriteRequest {
  const capabilities = context.capabilities();
  return {
    caller,
    correlationId: request.correlationId,
    idempotencyKey: capabilities.idempotencyKey ? headerOf(request, HEADERS.idempotencyKey) : null,
    ifMatch: capabilities.etag ? headerOf(request, HEADERS.ifMatch) : null,
    fingerprint: sha256(`${request.method} ${request.segments.join('/')}\n${request.rawBody}`),
  };
}

/**
 * Ours: runs the write at most once per Idempotency-Key. Only what was committed is kept: a refused write changed nothing,
 * so the same request may be judged again when the reason is gone.
 */
export function once(context: SandboxContext, write: WriteRequest, run: () => Answer): Answer {
  const { store } = context;
  const key = write.idempotencyKey;
  if (key === null) return store.write(run);
  if (key.length > 255) throw new Refused(400, 'The Idempotency-Key is longer than 255 characters.');
  const kept = store.idempotency.find(write.caller.userId, key, context.now());
  if (kept) {
    if (kept.fingerprint !== write.fingerprint) {
      throw new Refused(
        422,
        'This Idempotency-Key was used for another request. Send a changed request with a new key.',
      );
    }
    const answer = JSON.parse(kept.answer) as Answer;
    return { ...answer, headers: { ...answer.headers, 'idempotent-replayed': 'true' } };
  }
  return store.write(() => {
    const answer = run();
    const expiresAt = context.now() + context.capabilities().idempotencyTtlSeconds * 1000;
    store.idempotency.keep(write.caller.userId, key, {
      fingerprint: write.fingerprint,
      answer: JSON.stringify(answer),
      expiresAt,
    });
    return answer;
  });
}

/** The answer of a refusal; anything else is thrown on. */
export function refusalAnswer(error: unknown): Answer {
  if (error instanceof Refused) return answerOf(error);
  throw error;
}

/** 412 when If-Match names another version than the stored one. */
export function requireMatch(write: WriteRequest, record: { readonly rev: number }): void {
  if (write.ifMatch === null || write.ifMatch === '*') return;
  const asked = write.ifMatch.split(',').map((tag) => tag.trim());
  if (asked.includes(etagOf(record))) return;
  throw new Refused(412, 'This record was changed since it was read. Read it again and repeat the change.');
}

export function etagHeader(
  context: SandboxContext,
  record: { readonly rev: number },
): Readonly<Record<string, string>> {
  return context.capabilities().etag ? { [HEADERS.etag]: etagOf(record) } : {};
}

/** Appends one commit to the log, with the same number that the record got as its revision. */
export function recordCommit(
  context: SandboxContext,
  write: WriteRequest,
  commit: Pick<LogEntry, 'seq' | 'type' | 'id' | 'accountId' | 'op' | 'before' | 'after' | 'externalRef'>,
): void {
  context.store.journal.append({
    ...commit,
    at: new Date(context.now()).toISOString(),
    correlationId: write.correlationId,
    idempotencyKey: write.idempotencyKey,
    actor: write.caller.email,
  });
}
