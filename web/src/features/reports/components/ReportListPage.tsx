import type { Box } from '@/lib/types';

export default function ReportListPage({ box }: { box: Box }) {
  return <div>{box}</div>;
}
