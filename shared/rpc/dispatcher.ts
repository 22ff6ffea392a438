import type { z } from 'zod';
import type { Command, Contract, Operation, OutputOf, RefusalOf } from './operation.ts';
import type { Outcome, Refusal } from './outcome.ts';
import type { Reply, Request } from './wire.ts';

type Parsed<T extends Operation> = z.output<T['input']>;
type MaybePromise<T> = T | Promise<T>;

/** What the dispatcher asks before it runs a command that names a permission. */
export type CallContext = { readonly may: (permission: string, input: unknown) => boolean };

export type Handler<T extends Operation, Ctx> = T extends Command
  ? (input: Parsed<T>, ctx: Ctx, signal: AbortSignal) => MaybePromise<Outcome<OutputOf<T>, RefusalOf<T>>>
  : (input: Parsed<T>, ctx: Ctx, signal: AbortSignal) => MaybePromise<OutputOf<T>>;

export type Handlers<C extends Contract, Ctx> = {
  readonly [A in keyof C]: { readonly [N in keyof C[A]]: Handler<C[A][N], Ctx> };
};

export type Dispatch = (request: Request, signal?: AbortSignal) => Promise<Reply>;

type AnyHandler<Ctx> = (input: unknown, ctx: Ctx, signal: AbortSignal) => unknown;

/** Parses the input, checks the permission, runs the handler, checks the output. The only way into the engine. */
export function createDispatcher<C extends Contract, Ctx extends CallContext>(options: {
  readonly contract: C;
  readonly handlers: Handlers<C, Ctx>;
  readonly context: Ctx;
  /** Writes the error to the log and returns the id that the screen shows. */
  readonly report: (operation: string, error: unknown) => string;
  /** What an error of a command means to the person; null when it is a fault. */
  readonly refusalOf?: (error: unknown) => Refusal | null;
  /** False while the console is locked: then this operation is not answered (SES-5). */
  readonly mayAnswer?: (operation: string) => boolean;
}): Dispatch {
  const { contract, context, report, refusalOf = () => null, mayAnswer = () => true } = options;
  const handlers = options.handlers as Readonly<Record<string, Readonly<Record<string, AnyHandler<Ctx>>>>>;

  // A page may send anything; only the contract's own types are trusted.
  return async ({ operation: name, input }, signal = new AbortController().signal) => {
    const asked: unknown = name;
    const [area = '', local = '', ...rest] = typeof asked === 'string' ? asked.split('.') : [];
    const operations = Object.hasOwn(contract, area) ? contract[area] : undefined;
    const operation = operations && Object.hasOwn(operations, local) ? operations[local] : undefined;
    const handler = handlers[area]?.[local];
    if (!operation || !handler || rest.length > 0)
      return { status: 'fault', kind: 'unknown-operation', message: String(asked), faultId: '' };

    if (!mayAnswer(name)) return lockedReply;
    const parsed = operation.input.safeParse(input);
    if (!parsed.success) return { status: 'fault', kind: 'bad-input', message: parsed.error.message, faultId: '' };
    if (operation.kind === 'command' && operation.permission && !context.may(operation.permission, parsed.data)) {
      const message = `needs ${operation.permission}`;
      return {
        status: 'refused',
        refusal: { code: 'permission.denied', message, details: { permission: operation.permission } },
      };
    }

    try {
      const result = await handler(parsed.data, context, signal);
      // Asked again: the lock may have come between the question and the answer.
      if (operation.kind === 'query') return mayAnswer(name) ? checked(name, operation, result, report) : lockedReply;
      const outcome = result as { ok: true; value: unknown } | { ok: false; refusal: Refusal };
      return outcome.ok
        ? checked(name, operation, outcome.value, report)
        : { status: 'refused', refusal: outcome.refusal };
    } catch (error) {
      if (signal.aborted) return { status: 'fault', kind: 'cancelled', message: 'cancelled', faultId: '' };
      const refusal = operation.kind === 'command' ? refusalOf(error) : null;
      if (refusal) return { status: 'refused', refusal };
      return { status: 'fault', kind: 'internal', message: 'see the engine log', faultId: report(name, error) };
    }
  };
}

const lockedReply: Reply = { status: 'fault', kind: 'locked', message: 'the console is locked', faultId: '' };

function checked(
  name: string,
  operation: Operation,
  value: unknown,
  report: (operation: string, error: unknown) => string,
): Reply {
  const parsed = operation.output.safeParse(value);
  if (parsed.success) return { status: 'done', output: parsed.data };
  return { status: 'fault', kind: 'bad-output', message: 'see the engine log', faultId: report(name, parsed.error) };
}
