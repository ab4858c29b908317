import { useReportsTop } from '@/features/reports/api/lists';
import { Card } from '../frame/Page';
import styles from './home.module.css';
import { ReportCard } from './ReportCard';

/** What others wrote together with this person, or had him write down. */
export default function Shared() {
  const shared = useReportsTop('shared', 20);
  const items = shared.data?.items ?? [];
  if (!items.length) return null;
  return (
    <Card title="合作稿件">
      <ul className={styles.list}>{items.map((report) => <li key={report.id}><ReportCard report={report} author /></li>)}</ul>
    </Card>
  );
}
