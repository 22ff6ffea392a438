import { useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';

/** Asks again now and waits for the answer: for a grid that shows what was typed until the engine's own row is there. */
export function useRefresh(): (area: string, name: string) => Promise<void> {
  const queryClient = useQueryClient();
  return useCallback(
    (area, name) => queryClient.refetchQueries({ queryKey: [area, name], type: 'active' }),
    [queryClient],
  );
}
