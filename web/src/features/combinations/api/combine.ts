import { inTenant, post } from '@/lib/http';
import { useTenantCode } from '@/lib/tenant';
import type { Report, ReportText, Schemas } from '@/lib/types';
import { useAction } from '@/lib/useAction';

export interface CombineInput extends ReportText {
  reports: string[];
  category: string;
  /** Share of the credit in percent by report; together 100. */
  shares: Record<string, number>;
}

/** Makes one report of two to ten; its sources are kept and named. */
export function useCombine() {
  const tenant = useTenantCode();
  return useAction(
    (body: CombineInput, key) => post<Report>(inTenant(tenant, '/combinations'), { body: body satisfies Schemas['ReportsCombineInputBody'], key }),
    ['report', 'reports', 'timeline'],
  );
}

/** Equal whole shares that add up to 100; the first ones take the rest. */
export function equalShares(ids: string[]): Record<string, number> {
  const base = Math.floor(100 / ids.length);
  const rest = 100 - base * ids.length;
  return Object.fromEntries(ids.map((id, index) => [id, base + (index < rest ? 1 : 0)]));
}
