import { useQuery } from '@tanstack/react-query';
import { get, inTenant, send } from '@/lib/http';
import { qk } from '@/lib/query';
import { useTenantCode } from '@/lib/tenant';
import type { Schemas } from '@/lib/types';
import { useAction } from '@/lib/useAction';

export type Requirements = Schemas['RequirementsRequirementsView'];
export type Asked = Schemas['RequirementsRequirements'];
export type UpperRequirements = Schemas['RequirementsUpperRequirements'];

/** What the unit asks of those who report to it, as published last. */
export function useRequirements() {
  const tenant = useTenantCode();
  return useQuery({ queryKey: qk(tenant, 'requirements'), queryFn: () => get<Requirements>(inTenant(tenant, '/requirements')) });
}

/** What the units above ask. */
export function useUpperRequirements() {
  const tenant = useTenantCode();
  return useQuery({
    queryKey: qk(tenant, 'upper-requirements'),
    queryFn: () => get<{ items: UpperRequirements[] }>(inTenant(tenant, '/upper-requirements')).then((page) => page.items),
  });
}

/** Publishes a new version and sends it down. */
export function usePublish() {
  const tenant = useTenantCode();
  return useAction(
    ({ value, version }: { value: Asked; version: number }, key) =>
      send<Requirements>('PUT', inTenant(tenant, '/requirements'), { body: value satisfies Schemas['RequirementsRequirements'], ifMatch: version, key }).then((answer) => answer.data),
    ['requirements'],
  );
}

/** How many characters a text has too many for whom it goes to; 0 where it fits. */
export const tooLong = (size: number, most: number) => (most > 0 ? Math.max(0, size - most) : 0);

/** The binding parts in one line. */
export function terms(asked: Asked): string {
  return [
    asked.most_chars > 0 && `不超过 ${asked.most_chars} 字`,
    asked.sheet && '须附初核表',
    `一般 ${asked.answer_days} 个工作日答复`,
    asked.most_returns > 0 ? `最多退回 ${asked.most_returns} 次` : '不退回',
  ].filter(Boolean).join('，');
}
