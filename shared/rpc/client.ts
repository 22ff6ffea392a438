import { Fault } from './fault.ts';
import type { Command, Contract, InputOf, Operation, OutputOf, RefusalOf } from './operation.ts';
import type { Outcome } from './outcome.ts';
import type { Transport } from './wire.ts';

export type Caller<T extends Operation> = T extends Command
  ? (input: InputOf<T>, signal?: AbortSignal) => Promise<Outcome<OutputOf<T>, RefusalOf<T>>>
  : (input: InputOf<T>, signal?: AbortSignal) => Promise<OutputOf<T>>;

export type Client<C extends Contract> = { readonly [A in keyof C]: { readonly [N in keyof C[A]]: Caller<C[A][N]> } };

/** Builds `client.area.operation(input)` from the contract. Refusals come back as values, faults are thrown. */
export function createClient<C extends Contract>(contract: C, transport: Transport): Client<C> {
  const areas = Object.entries(contract).map(([area, operations]) => [
    area,
    Object.fromEntries(
      Object.entries(operations).map(([name, operation]) => [name, caller(`${area}.${name}`, operation, transport)]),
    ),
  ]);
  return Object.fromEntries(areas) as Client<C>;
}

function caller(name: string, operation: Operation, transport: Transport) {
  return async (input: unknown, signal?: AbortSignal): Promise<unknown> => {
    const reply = await transport.call({ operation: name, input }, signal);
    switch (reply.status) {
      case 'done':
        return operation.kind === 'query' ? reply.output : { ok: true, value: reply.output };
      case 'refused':
        return { ok: false, refusal: reply.refusal };
      case 'fault':
        throw new Fault(reply.kind, name, reply.message, reply.faultId);
    }
  };
}
