import { Link } from 'react-router';
import { day } from '@/lib/format';
import { useTenantCode } from '@/lib/tenant';
import { PageHead, Panel } from '@/ui/Page';
import { EmptyState, Loaded } from '@/ui/plain/states';
import { Table, type Column } from '@/ui/Table';
import { useUntold, type Untold } from '../api/feedback';
import styles from './feedback.module.css';

/** 待反馈: reports whose authors have not heard what became of them, oldest first. */
export default function UntoldPage() {
  const tenant = useTenantCode();
  const untold = useUntold();
  const columns: Column<Untold>[] = [
    { key: 'title', title: '信息', pinned: true, width: '14em', render: (one) => <Link to={`/t/${tenant}/reports/${one.report_id}`}>{one.title}</Link> },
    { key: 'days', title: '未反馈天数', figure: true, width: '6em', render: (one) => <span className={one.days > 7 ? styles.late : undefined}>{one.days}</span> },
    { key: 'latest', title: '最近结果', width: '12em', render: (one) => `${one.latest}${one.outcomes > 1 ? `，共 ${one.outcomes} 件` : ''}` },
    { key: 'since', title: '得知时间', width: '8em', render: (one) => day(one.since) },
    { key: 'author', title: '作者', width: '7em', render: (one) => one.author },
    { key: 'online', title: '反馈方式', width: '10em', render: (one) => (one.online ? '看到页面即算，或代为告知' : '电话、当面或书面') },
    { key: 'number', title: '编号', width: '8em', render: (one) => one.number },
  ];
  return (
    <>
      <PageHead title="待反馈" hint="有了采用、留存等结果而作者还不知道的信息，等得最久的在前" />
      <Panel flush>
        <Loaded query={untold}>
          {(list) => (
            <>
              <p className={styles.figures}>{list.figures.sentence}。{list.total > list.items.length && `待反馈共 ${list.total} 篇，列出前 ${list.items.length} 篇。`}</p>
              {list.items.length === 0
                ? <EmptyState title="没有待反馈的信息" hint="每个处理结果都已告知作者。" />
                : <Table name="待反馈" columns={columns} rows={list.items} rowKey={(one) => one.report_id} />}
            </>
          )}
        </Loaded>
      </Panel>
    </>
  );
}
