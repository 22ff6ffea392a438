import { useMutation } from '@tanstack/react-query';
import { useCallback } from 'react';
import type { Outcome } from '../../shared/rpc/outcome.ts';
import { callOf } from './engine-query.ts';
import { useEngine } from './engine-provider.tsx';
import type { CommandName, InputFor, OutputFor, RefusalFor } from './operation-types.ts';

type Ran<N extends CommandName> = {
  readonly outcome: Outcome<OutputFor<N>, RefusalFor<N>> | null;
  readonly fault: Error | null;
};

export type CommandState<N extends CommandName> = Ran<N> & {
  /** Resolves with the outcome; null when it broke, and then `fault` says how. */
  readonly run: (input: InputFor<N>, signal?: AbortSignal) => Promise<Outcome<OutputFor<N>, RefusalFor<N>> | null>;
  /** The same, for those who say at once what became of it: exactly one of the two is there. */
  readonly attempt: (input: InputFor<N>, signal?: AbortSignal) => Promise<Ran<N>>;
  readonly isRunning: boolean;
  readonly reset: () => void;
};

/** Writes through the engine. A refusal is part of the outcome; commands are never repeated by themselves. */
export function useCommand<N extends CommandName>(name: N): CommandState<N> {
  const { client } = useEngine();
  const { mutateAsync, isPending, data, error, reset } = useMutation({
    mutationFn: async (call: { readonly input: InputFor<N>; readonly signal: AbortSignal | undefined }) => {
      const [area = '', local = ''] = name.split('.', 2);
      return (await callOf(client, area, local)(call.input, call.signal)) as Outcome<OutputFor<N>, RefusalFor<N>>;
    },
  });
  const attempt = useCallback(
    async (input: InputFor<N>, signal?: AbortSignal) => {
      try {
        return { outcome: await mutateAsync({ input, signal }), fault: null };
      } catch (error) {
        return { outcome: null, fault: error instanceof Error ? error : new Error(String(error)) };
      }
    },
    [mutateAsync],
  );
  const run = useCallback(
    async (input: InputFor<N>, signal?: AbortSignal) => (await attempt(input, signal)).outcome,
    [attempt],
  );
  return { run, attempt, isRunning: isPending, outcome: data ?? null, fault: error, reset };
}
