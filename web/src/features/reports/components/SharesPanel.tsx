import { Button } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { Link } from 'react-router';
import { useTenantCode } from '@/lib/tenant';
import type { Report } from '@/lib/types';
import { Panel } from '@/ui/Page';
import styles from './report.module.css';

const SharesDialog = lazy(() => import('./SharesDialog'));

/** The sources of a combined report in their order, each with its share of the credit; changed until it is signed. */
export function SharesPanel({ report }: { report: Report }) {
  const tenant = useTenantCode();
  const [changing, setChanging] = useState(false);
  if (!report.sources?.length) return null;
  return (
    <Panel title="来源稿件" extra={report.can.includes('edit_sources') && <Button size="small" onClick={() => setChanging(true)}>调整次序和份额</Button>}>
      {report.sources.map((source) => (
        <div key={source.report_id} className={styles.source}>
          <Link to={`/t/${tenant}/reports/${source.report_id}`}>{source.title}</Link>
          <b>{Math.round(source.share * 100) / 100}%</b>
        </div>
      ))}
      {changing && <Suspense><SharesDialog report={report} onClose={() => setChanging(false)} /></Suspense>}
    </Panel>
  );
}
