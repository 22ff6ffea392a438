import type { z } from 'zod';

/** A read. Never changes state, never refuses: "not there" is part of its output. */
export type Query<I extends z.ZodType = z.ZodType, O extends z.ZodType = z.ZodType> = {
  readonly kind: 'query';
  readonly input: I;
  readonly output: O;
};

/** A write. May be refused, and only with the codes it lists. */
export type Command<
  I extends z.ZodType = z.ZodType,
  O extends z.ZodType = z.ZodType,
  R extends string = string,
  P extends string = string,
> = {
  readonly kind: 'command';
  readonly input: I;
  readonly output: O;
  readonly refusals: readonly R[];
  /** The cell of the permission matrix that the caller needs (SPEC DEL-2); null for work that stays on the laptop. */
  readonly permission: P | null;
};

export type Operation = Query | Command;
export type Contract = { readonly [area: string]: { readonly [name: string]: Operation } };

export function query<I extends z.ZodType, O extends z.ZodType>(spec: { input: I; output: O }): Query<I, O> {
  return { kind: 'query', ...spec };
}

export type InputOf<T extends Operation> = z.input<T['input']>;
export type OutputOf<T extends Operation> = z.output<T['output']>;
export type RefusalOf<T extends Operation> = T extends Command<z.ZodType, z.ZodType, infer R> ? R : never;
