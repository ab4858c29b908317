import { useInfiniteQuery } from '@tanstack/react-query';
import { get, inTenant, patch, post } from '@/lib/http';
import { qk } from '@/lib/query';
import { useTenantCode } from '@/lib/tenant';
import type { Page, Schemas } from '@/lib/types';
import { useAction } from '@/lib/useAction';

export type Member = Schemas['MembersMember'];

/** What may be changed of a member; login, password and class only when one is added. */
export interface MemberForm {
  name: string;
  title: string;
  post: string;
  sector: string;
  party: string;
  unit_id?: string;
  email: string;
}

export interface NewMember extends MemberForm {
  login: string;
  password?: string;
  class: string;
}

const NO_UNIT = '00000000-0000-0000-0000-000000000000';

export function useMembers(q?: string) {
  const tenant = useTenantCode();
  return useInfiniteQuery({
    queryKey: qk(tenant, 'members', q),
    queryFn: ({ pageParam, signal }) => get<Page<Member>>(inTenant(tenant, '/members'), { query: { q, cursor: pageParam, limit: 50 }, signal }),
    initialPageParam: '',
    getNextPageParam: (last) => last.next || undefined,
    placeholderData: (previous) => previous,
  });
}

export function useAddMember() {
  const tenant = useTenantCode();
  return useAction((body: NewMember, key) => post<Member>(inTenant(tenant, '/members'), { body, key }), ['members']);
}

export function useEditMember() {
  const tenant = useTenantCode();
  return useAction(
    ({ id, ...body }: MemberForm & { id: string }, key) =>
      patch<Member>(inTenant(tenant, `/members/${id}`), { body: { ...body, unit_id: body.unit_id ?? NO_UNIT }, key }),
    ['members', 'me'],
  );
}

/** Suspends a member at once, or lets him back in. */
export function useMemberStep() {
  const tenant = useTenantCode();
  return useAction(
    ({ id, step }: { id: string; step: 'suspend' | 'resume' }, key) => post<Member>(inTenant(tenant, `/members/${id}/${step}`), { key }),
    ['members'],
  );
}
