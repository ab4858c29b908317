import { useQuery } from '@tanstack/react-query';
import { fetchReports } from '@/features/reports/api/lists';
import { qk } from '@/lib/query';
import { useTenantCode } from '@/lib/tenant';
import type { Report } from '@/lib/types';
import styles from './home.module.css';

/** Reads all pages of the person's adopted reports: few, however much is written. */
async function adopted(tenant: string, signal: AbortSignal): Promise<Report[]> {
  const all: Report[] = [];
  let cursor: string | undefined;
  do {
    const page = await fetchReports(tenant, { box: 'mine', measure: 'tree_reports', limit: 100, cursor }, signal);
    all.push(...page.items);
    cursor = page.next || undefined;
  } while (cursor);
  return all;
}

/** 篇 and 篇次: a report adopted by three units is 1 篇 and 3 篇次. */
export function countAdoptions(reports: Report[]): { reports: number; times: number } {
  return reports.reduce(
    (sum, { adoptions }) => ({ reports: sum.reports + (adoptions?.reports ?? 0), times: sum.times + (adoptions?.times ?? 0) }),
    { reports: 0, times: 0 },
  );
}

/** How much of the person's work was adopted. */
export function Adoptions() {
  const tenant = useTenantCode();
  const mine = useQuery({ queryKey: qk(tenant, 'reports', 'mine', 'adopted'), queryFn: ({ signal }) => adopted(tenant, signal), select: countAdoptions });
  if (!mine.data) return null;
  return (
    <p className={styles.adoptions}>
      我的信息累计被采用 <b>{mine.data.reports}</b> 篇 <b>{mine.data.times}</b> 篇次
    </p>
  );
}
