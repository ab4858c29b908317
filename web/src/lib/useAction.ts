import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import { ActionKey } from './actionKey';
import { isApiError } from './errors';
import { qk, type Noun } from './query';
import { useTenantCode } from './tenant';

/**
 * A change as a mutation: one Idempotency-Key an action, kept when the same change is tried again
 * after an indefinite answer; afterwards the named nouns of this tenant are fetched anew.
 */
export function useAction<I, O>(run: (input: I, key: string) => Promise<O>, stale: Noun[] = []) {
  const tenant = useTenantCode();
  const client = useQueryClient();
  const keys = useRef(new ActionKey());
  return useMutation<O, Error, I>({
    mutationFn: async (input) => {
      try {
        const answer = await run(input, keys.current.of(input));
        keys.current.settle();
        return answer;
      } catch (error) {
        if (isApiError(error) && !error.transient) keys.current.settle();
        throw error;
      }
    },
    onSettled: () => Promise.all(stale.map((noun) => client.invalidateQueries({ queryKey: qk(tenant, noun) }))),
  });
}
