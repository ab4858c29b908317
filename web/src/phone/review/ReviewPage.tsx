import { useReports } from '@/features/reports/api/lists';
import { useTenantCode } from '@/lib/tenant';
import { EmptyState, Loaded } from '@/ui/plain/states';
import { Card, More, TabPage } from '../frame/Page';
import { ReportCard } from '../home/ReportCard';
import styles from '../home/home.module.css';

/** What waits for this person's word. */
export function ReviewPage() {
  const tenant = useTenantCode();
  const list = useReports('review');
  return (
    <TabPage title="待我审签">
      <Loaded query={list}>
        {({ pages }) => {
          const items = pages.flatMap((page) => page.items);
          if (!items.length) return <EmptyState title="没有待审签的信息" hint="有新的信息送到您这里时，会有消息提醒。" />;
          return (
            <Card>
              <ul className={styles.list}>
                {items.map((report) => <li key={report.id}><ReportCard report={report} to={`/t/${tenant}/review/${report.id}`} /></li>)}
              </ul>
              <More query={list} />
            </Card>
          );
        }}
      </Loaded>
    </TabPage>
  );
}
