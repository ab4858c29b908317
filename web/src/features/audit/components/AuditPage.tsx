import { Button, Input, Select } from 'antd';
import { useSearchParams } from 'react-router';
import { PageHead, Panel } from '@/ui/Page';
import { EmptyState, Loaded } from '@/ui/plain/states';
import { Table, type Column } from '@/ui/Table';
import { label } from '@/lib/texts';
import { useAudit, type AuditFilter, type AuditLine } from '../api/audit';
import { actionChoices, actionName, actorName, nounText } from './words';
import styles from './audit.module.css';

const names = ['actor', 'action', 'subject'] as const;
const choices = actionChoices();
const clock = new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeStyle: 'medium' });

/** Who did what in the unit, and when; nobody can change a line. */
export default function AuditPage() {
  const [params, setParams] = useSearchParams();
  const filter: AuditFilter = {};
  for (const name of names) filter[name] = params.get(name) ?? undefined;
  const set = (change: AuditFilter) => {
    const next = Object.entries({ ...filter, ...change }).filter((pair): pair is [string, string] => Boolean(pair[1]));
    setParams(Object.fromEntries(next), { replace: true });
  };
  const lines = useAudit(filter);
  const items = lines.data?.pages.flatMap((page) => page.items) ?? [];
  const columns: Column<AuditLine>[] = [
    { key: 'at', title: '时间', pinned: true, render: (line) => <time className={styles.time} dateTime={line.at}>{clock.format(new Date(line.at))}</time> },
    { key: 'actor', title: '人员', render: (line) => <span className={styles.nowrap} title={line.actor}>{actorName(line.actor)}</span> },
    { key: 'action', title: '事项', render: (line) => <span className={styles.nowrap}>{actionName(line.action)}</span> },
    {
      key: 'subject',
      title: '对象',
      render: (line) => (
        <button type="button" className={styles.subject} title="只看这个对象的记录" onClick={() => set({ subject: line.subject_id })}>
          {label(nounText, line.subject_kind)} <code>{line.subject_id.slice(-8)}</code>
        </button>
      ),
    },
    { key: 'address', title: '来源地址', render: (line) => <code>{line.address}</code> },
    { key: 'request', title: '请求编号', render: (line) => <code className={styles.nowrap} title={line.request_id}>{line.request_id.slice(0, 8)}</code> },
  ];
  return (
    <>
      <PageHead title="审计日志" hint="谁在何时做了什么；记录不能修改，也不能删除" />
      <Panel flush>
        <div className={styles.bar} role="search">
          <Input.Search data-search allowClear placeholder="人员姓名" style={{ width: 200 }} defaultValue={filter.actor} onSearch={(text) => set({ actor: text.trim() || undefined })} />
          <Select allowClear showSearch={{ optionFilterProp: 'label' }} aria-label="事项" placeholder="全部事项" style={{ width: 200 }} value={filter.action} onChange={(action) => set({ action })} options={choices} />
          {filter.subject && (
            <span className={styles.narrowed}>
              只看对象 <code>{filter.subject.slice(-8)}</code>
              <Button size="small" type="link" onClick={() => set({ subject: undefined })}>看全部</Button>
            </span>
          )}
        </div>
        <Loaded query={lines}>
          {() => (items.length === 0 ? <EmptyState title="没有符合条件的记录" /> : <Table name="审计日志" columns={columns} rows={items} rowKey={(line) => line.id} />)}
        </Loaded>
        {lines.hasNextPage && (
          <div className={styles.more}><Button loading={lines.isFetchingNextPage} onClick={() => void lines.fetchNextPage()}>更早的记录</Button></div>
        )}
      </Panel>
    </>
  );
}
