import type { AppContract } from '../../shared/contract/contract.ts';
import type { Command, InputOf, Operation, OutputOf, Query, RefusalOf } from '../../shared/rpc/operation.ts';

type NamesOf<Kind> = {
  [A in keyof AppContract]: {
    [N in keyof AppContract[A] & string]: AppContract[A][N] extends Kind ? `${A}.${N}` : never;
  }[keyof AppContract[A] & string];
}[keyof AppContract];

/** `users.page`, `sync.status`, … */
export type QueryName = NamesOf<Query>;
export type CommandName = NamesOf<Command>;

export type OperationOf<Name extends string> = Name extends `${infer A}.${infer N}`
  ? A extends keyof AppContract
    ? N extends keyof AppContract[A]
      ? Extract<AppContract[A][N], Operation>
      : never
    : never
  : never;

export type InputFor<Name extends string> = InputOf<OperationOf<Name>>;
export type OutputFor<Name extends string> = OutputOf<OperationOf<Name>>;
export type RefusalFor<Name extends string> = RefusalOf<OperationOf<Name>>;
