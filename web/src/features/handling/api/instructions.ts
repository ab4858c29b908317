import { useQuery } from '@tanstack/react-query';
import { get, inTenant, post } from '@/lib/http';
import { qk } from '@/lib/query';
import { useTenantCode } from '@/lib/tenant';
import type { Schemas } from '@/lib/types';
import { useAction } from '@/lib/useAction';

export type Instruction = Schemas['InstructionsInstruction'];
export type Entry = Omit<Schemas['InstructionsEntry'], '$schema'>;

const stale = ['instructions', 'report', 'timeline', 'ledger'] as const;

/** What leaders wrote on a report, as far as the person may see it. */
export function useInstructions(report: string, enabled = true) {
  const tenant = useTenantCode();
  return useQuery({
    queryKey: qk(tenant, 'instructions', report),
    queryFn: () => get<{ items: Instruction[] }>(inTenant(tenant, `/reports/${report}/instructions`)).then((page) => page.items),
    enabled,
  });
}

export function useRecordInstruction() {
  const tenant = useTenantCode();
  return useAction(({ report, ...body }: Entry & { report: string }, key) => post<Instruction>(inTenant(tenant, `/reports/${report}/instructions`), { body, key }), [...stale]);
}

export function useCorrectInstruction() {
  const tenant = useTenantCode();
  return useAction(
    ({ id, ...body }: { id: string; reason: string; entry?: Entry }, key) => post<Instruction>(inTenant(tenant, `/instructions/${id}/correct`), { body, key }),
    [...stale],
  );
}
