import { useQuery } from '@tanstack/react-query';
import { get, inTenant } from '@/lib/http';
import { qk } from '@/lib/query';
import { useTenantCode } from '@/lib/tenant';
import type { Schemas } from '@/lib/types';

export type Suggestion = Schemas['TopicsSuggestion'];

/** The categories suggested for a draft; asked anew whenever it was saved (`saved` names the moment). */
export function useTopics(id: string, saved: number | undefined) {
  const tenant = useTenantCode();
  return useQuery({
    queryKey: qk(tenant, 'similar', id, 'topics', saved),
    queryFn: ({ signal }) => get<{ items: Suggestion[] }>(inTenant(tenant, `/reports/${id}/topics`), { signal }),
    enabled: saved !== undefined,
    placeholderData: (previous) => previous,
    retry: false,
  });
}

/** What of the suggestions is new: nothing where the first one is chosen already. */
export function newTo(category: string, suggestions: Suggestion[]): Suggestion[] {
  return suggestions[0]?.category === category ? [] : suggestions;
}
