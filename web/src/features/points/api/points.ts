import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { BASE, get, inTenant, post, put } from '@/lib/http';
import { qk } from '@/lib/query';
import { useTenantCode } from '@/lib/tenant';
import type { Page, Schemas } from '@/lib/types';
import { useAction } from '@/lib/useAction';

export type Point = Schemas['PointsPoint'];
export type NewPoint = Schemas['PointsNewPoint'];
export type PointClue = Schemas['PointsItem'];

export function usePoints() {
  const tenant = useTenantCode();
  return useQuery({ queryKey: qk(tenant, 'points'), queryFn: () => get<Page<Point>>(inTenant(tenant, '/points')), select: (page) => page.items });
}

export function usePointClues(id: string) {
  const tenant = useTenantCode();
  return useInfiniteQuery({
    queryKey: qk(tenant, 'points', 'clues', id),
    queryFn: ({ pageParam }) => get<Page<PointClue>>(inTenant(tenant, `/points/${id}/clues`), { query: { cursor: pageParam, limit: 20 } }),
    initialPageParam: '',
    getNextPageParam: (last) => last.next || undefined,
  });
}

export function useSavePoint() {
  const tenant = useTenantCode();
  return useAction(
    ({ point, body }: { point?: Point; body: NewPoint }, key) =>
      point ? put<Point>(inTenant(tenant, `/points/${point.id}`), { body, key, ifMatch: point.version }) : post<Point>(inTenant(tenant, '/points'), { body, key }),
    ['points'],
  );
}

/** The picture of the code on the wall, and the address behind it. */
export function useCodeOf(point: Point) {
  const tenant = useTenantCode();
  const { protocol, origin } = window.location;
  return {
    picture: `${BASE}${inTenant(tenant, `/points/${point.id}/code`)}?scheme=${protocol.replace(':', '')}`,
    address: `${origin}/p/${tenant}/${point.code}`,
  };
}
