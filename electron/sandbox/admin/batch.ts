import { HEADERS } from '../../../shared/cloud/paths.ts';
import { wireBatch, type WireOperation } from '../../../shared/cloud/wire.ts';
import type { SandboxContext } from '../context.ts';
import type { AccountRecord } from '../database/records.ts';
import { Refused, type Answer } from '../http/answer.ts';
import { jsonBody, notFound, type ApiRequest } from '../http/api-request.ts';
import { sha256 } from '../auth/passwords.ts';
import type { Caller } from './caller.ts';
import { createUserWrites } from './user-writes.ts';
import { refusalAnswer, type WriteRequest } from './write-request.ts';

/** `PATCH accounts/{a}/users`: every operation has its own outcome; part success is normal. */
export function batchAnswer(
  context: SandboxContext,
  target: { readonly caller: Caller; readonly account: AccountRecord },
  request: ApiRequest,
): Answer {
  const limit = context.capabilities().batchSize;
  if (limit === 0) throw notFound();
  const parsed = wireBatch.safeParse(jsonBody(request));
  if (!parsed.success)
    throw new Refused(400, 'The body must be {"operations":[…]} with the ops add, replace and remove.');
  const { operations } = parsed.data;
  if (operations.length > limit) {
    throw new Refused(
      413,
      `A batch may hold ${limit} operations and this one has ${operations.length}. Send it in parts.`,
    );
  }
  const run = createOperations(context, target);
  // One transaction around the savepoints of the operations: a hundred commits cost one.
  return {
    status: 200,
    body: { operations: context.store.write(() => operations.map((operation) => run(operation))) },
  };
}

type OperationAnswer = {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: unknown;
};

/** Runs single operations of a batch on one account. */
export function createOperations(
  context: SandboxContext,
  target: { readonly caller: Caller; readonly account: AccountRecord },
): (operation: WireOperation) => OperationAnswer {
  const writes = createUserWrites(context, target.account);
  const capabilities = context.capabilities();
  return (operation) => {
    const headers = lowerCased(operation.headers ?? {});
    const write: WriteRequest = {
      caller: target.caller,
      correlationId: context.ids.uuid(),
      idempotencyKey: (capabilities.idempotencyKey && headers[HEADERS.idempotencyKey]) || null,
      ifMatch: (capabilities.etag && headers[HEADERS.ifMatch]) || null,
      fingerprint: sha256(JSON.stringify([target.account.accountId, operation.op, operation.id, operation.body])),
    };
    const answer = outcome(writes, write, operation);
    return {
      statusCode: answer.status,
      headers: { ...answer.headers, [HEADERS.correlationId]: write.correlationId },
      ...(answer.body === undefined ? {} : { body: answer.body }),
    };
  };
}

/** Each operation's Idempotency-Key, '' without one, and the hash of all of it; empty when the body is no batch. */
export function batchOperations(rawBody: string): readonly { readonly key: string; readonly hash: string }[] {
  try {
    const parsed = wireBatch.safeParse(JSON.parse(rawBody));
    if (!parsed.success) return [];
    return parsed.data.operations.map((operation) => ({
      key: lowerCased(operation.headers ?? {})[HEADERS.idempotencyKey] ?? '',
      hash: sha256(JSON.stringify(operation)),
    }));
  } catch {
    return [];
  }
}

function outcome(writes: ReturnType<typeof createUserWrites>, write: WriteRequest, operation: WireOperation): Answer {
  try {
    switch (operation.op) {
      case 'add':
        return writes.add(write, operation.body ?? {});
      case 'replace':
        return writes.replace(write, operation.id ?? '', operation.body ?? {});
      case 'remove':
        return writes.remove(write, operation.id ?? '');
    }
  } catch (error) {
    return refusalAnswer(error);
  }
}

function lowerCased(headers: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}
