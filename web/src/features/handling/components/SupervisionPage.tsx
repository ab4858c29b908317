import { Button, Input, Segmented } from 'antd';
import { useState } from 'react';
import { Link, useSearchParams } from 'react-router';
import { useMe } from '@/lib/tenant';
import { PageHead, Panel } from '@/ui/Page';
import { EmptyState, Loaded } from '@/ui/plain/states';
import { StatusTag } from '@/ui/plain/StatusTag';
import { useSupervision, useSupervisionCounts, type Box, type Line } from '../api/assignments';
import { boxText, dateText, handModeText, partStateText, partTone, roleText } from '../api/words';
import styles from './handling.module.css';

const boxes: Box[] = ['waiting', 'overdue', 'review', 'done', 'all'];

/** 督办: what departments have, by when, what is late, and what waits for the unit itself. */
export default function SupervisionPage() {
  const { tenant } = useMe();
  const [params, setParams] = useSearchParams();
  const box = boxes.find((one) => one === params.get('box')) ?? 'waiting';
  const department = params.get('department') ?? '';
  const [typed, setTyped] = useState(department);
  const lines = useSupervision(box, department);
  const counts = useSupervisionCounts();
  const go = (next: { box?: Box; department?: string }) => {
    const pairs = Object.entries({ box, department, ...next }).filter(([, value]) => value);
    setParams(Object.fromEntries(pairs) as Record<string, string>, { replace: true });
  };
  const items = lines.data?.pages.flatMap((page) => page.items) ?? [];
  const count = (one: Box) => (counts.data && one !== 'all' ? `（${counts.data[one]}）` : '');
  return (
    <>
      <PageHead title="督办" hint="交办出去的事项由谁承办、何时到期、是否超期" />
      <Panel flush>
        <div className={styles.filters}>
          <Segmented<Box> value={box} onChange={(next) => go({ box: next })} options={boxes.map((value) => ({ value, label: `${boxText[value]}${count(value)}` }))} />
          <Input.Search aria-label="承办单位" allowClear value={typed} placeholder="承办单位" maxLength={60} onChange={(event) => setTyped(event.target.value)} onSearch={(value) => go({ department: value.trim() })} />
        </div>
        <Loaded query={lines}>
          {() => (items.length === 0
            ? <EmptyState title={department ? '没有符合条件的事项' : '没有这样的事项'} hint="在信息页的“批示与办理”中交办后，会列在这里。" />
            : <Table lines={items} root={`/t/${tenant.code}`} />)}
        </Loaded>
        {lines.hasNextPage && <div className={styles.more}><Button loading={lines.isFetchingNextPage} onClick={() => void lines.fetchNextPage()}>加载更多</Button></div>}
      </Panel>
    </>
  );
}

function Table({ lines, root }: { lines: Line[]; root: string }) {
  return (
    <div className={styles.tableWrap} tabIndex={0} role="region" aria-label="督办清单">
      <table className={styles.table}>
        <thead><tr><th>信息</th><th>承办单位</th><th>方式</th><th>状态</th><th>期限</th></tr></thead>
        <tbody>
          {lines.map((line) => (
            <tr key={line.id}>
              <td><Link to={`${root}/reports/${line.report_id}`}>{line.report_title}</Link></td>
              <td>{line.department}</td>
              <td>{handModeText[line.mode]} · {roleText[line.role]}{line.instructed && <> <StatusTag tone="risk">批示</StatusTag></>}</td>
              <td><StatusTag tone={line.overdue ? 'risk' : partTone[line.state]}>{partStateText[line.state]}</StatusTag>{line.overdue && <> <StatusTag tone="risk">已超期</StatusTag></>}{line.result && <> <StatusTag tone="ok">{line.result}类</StatusTag></>}</td>
              <td>{dateText(line.due_on)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
