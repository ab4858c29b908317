import { useQuery } from '@tanstack/react-query';
import { useMe } from '@/lib/tenant';
import { keptDraft, NEW } from './keptDraft';

/**
 * What this device has of a report, or without an id of the new one begun last. Asked once a visit of the page: what is
 * written afterwards is in the form.
 */
export function useKept(id?: string, visit?: string) {
  const me = useMe();
  const owner = { tenant: me.tenant.code, person: me.person.id };
  const kept = useQuery({
    queryKey: ['', 'kept', owner.tenant, owner.person, id ?? NEW, visit],
    queryFn: () => keptDraft(owner, id),
    staleTime: Infinity,
    gcTime: 0,
    refetchOnWindowFocus: false,
    networkMode: 'always',
  });
  return { owner, kept };
}
