import { Link } from 'react-router';
import { noticePath, useLatestNotices } from '@/features/notices/api/notices';
import { useReportsTop } from '@/features/reports/api/lists';
import { adoptionSentence } from '@/features/reports/components/marks';
import { ago } from '@/lib/format';
import { useMe } from '@/lib/tenant';
import { Panel } from '@/ui/Page';
import { EmptyState, Loaded } from '@/ui/plain/states';
import { ReportStatus, StatusTag } from '@/ui/plain/StatusTag';
import styles from './work.module.css';

const SHOWN = 6;

/** The person's own reports and where each stands. */
export function MyReports() {
  const { tenant } = useMe();
  const mine = useReportsTop('mine', SHOWN);
  const root = `/t/${tenant.code}`;
  return (
    <Panel flush title="我的稿件" extra={<Link to={`${root}/mine`}>全部</Link>}>
      <Loaded query={mine}>
        {({ items }) => (items.length === 0
          ? <EmptyState title="还没有撰写过信息" hint="按 N 键或点右上角「撰写信息」，写下您看到的真实问题。" />
          : items.map((item) => (
            <Link key={item.id} to={`${root}/reports/${item.id}`} className={styles.notice}>
              <span style={{ minWidth: 0 }}>{item.title || '（未填标题）'}</span>
              <span style={{ marginLeft: 'auto', flex: 'none' }}>
                {adoptionSentence(item) ? <StatusTag tone="ok">{adoptionSentence(item)}</StatusTag> : <ReportStatus state={item.state} author />}
              </span>
            </Link>
          )))}
      </Loaded>
    </Panel>
  );
}

/** What has come back: the latest notices. */
export function RecentNotices() {
  const { tenant } = useMe();
  const latest = useLatestNotices(SHOWN);
  const root = `/t/${tenant.code}`;
  return (
    <Panel flush title="最新反馈" extra={<Link to={`${root}/notices`}>全部</Link>}>
      <Loaded query={latest}>
        {({ items }) => (items.length === 0
          ? <EmptyState title="还没有反馈" hint="稿件每走一步，这里都会有消息。" />
          : items.map((notice) => (
            <Link key={notice.id} to={root + (noticePath(notice) ?? '/notices')} className={`${styles.notice} ${notice.read_at ? '' : styles.unread}`}>
              {notice.text}
              <time dateTime={notice.at}>{ago(notice.at)}</time>
            </Link>
          )))}
      </Loaded>
    </Panel>
  );
}
