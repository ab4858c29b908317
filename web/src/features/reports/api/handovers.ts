import { useQuery } from '@tanstack/react-query';
import { get, inTenant, post } from '@/lib/http';
import { qk } from '@/lib/query';
import { useTenantCode } from '@/lib/tenant';
import type { Schemas } from '@/lib/types';
import { useAction } from '@/lib/useAction';

export type Handover = Schemas['ReportsHandover'];
export type Answer = Schemas['ReportsAnswerInputBody']['answer'];
type List = { items: Handover[] };

export const handoverText: Record<Handover['state'], string> = { offered: '等待答复', accepted: '已接手', refused: '没有接手', withdrawn: '已撤回' };

/** The drafts that others ask this person to go on writing. */
export function useOffers() {
  const tenant = useTenantCode();
  return useQuery({ queryKey: qk(tenant, 'handovers', 'mine'), queryFn: () => get<List>(inTenant(tenant, '/handovers')).then((page) => page.items) });
}

/** From hand to hand: the hand-overs of one report, oldest first. */
export function useHandovers(report: string) {
  const tenant = useTenantCode();
  return useQuery({
    queryKey: qk(tenant, 'handovers', report),
    queryFn: () => get<List>(inTenant(tenant, `/reports/${report}/handovers`)).then((page) => page.items),
  });
}

const stale = ['handovers', 'report', 'reports', 'timeline', 'versions'] as const;

/** Offers a draft to another person, or gives it to a further author at once. `done` is called before the page is fetched anew. */
export function useHandOver(report: string, done: (list: Handover[]) => void) {
  const tenant = useTenantCode();
  return useAction(async (body: Schemas['ReportsHandOverInputBody'], key) => {
    const { items } = await post<List>(inTenant(tenant, `/reports/${report}/handovers`), { body, key });
    done(items);
  }, [...stale]);
}

/** Takes a draft over or not, or takes the offer back. `done` is called before the page is fetched anew: it may be seen no longer. */
export function useAnswerHandover(done: (answer: Answer) => void) {
  const tenant = useTenantCode();
  return useAction(async ({ id, answer, words }: { id: string; answer: Answer; words?: string }, key) => {
    await post(inTenant(tenant, `/handovers/${id}/answer`), { body: { answer, words }, key });
    done(answer);
  }, [...stale]);
}
