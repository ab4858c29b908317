import { App, Button, Input, Segmented } from 'antd';
import { lazy, Suspense, useMemo, useState } from 'react';
import type { Line } from '@/features/organisation/api/organisation';
import { lineState, lineTime } from '@/features/organisation/components/lines';
import { LineTag } from '@/features/organisation/components/LineTag';
import { sentence } from '@/lib/errors';
import { useMay } from '@/lib/tenant';
import { PageHead, Panel } from '@/ui/Page';
import { EmptyState, Loaded } from '@/ui/plain/states';
import { Table, type Column } from '@/ui/Table';
import { useAllLines, useStopLine } from '../api/platform';
import { thisMonth } from './months';
import styles from './operator.module.css';

const LineDialog = lazy(() => import('./LineDialog'));
const CloseLineDialog = lazy(() => import('./CloseLineDialog'));

/** Who may send to whom, for the operator. */
export default function LinesPage() {
  const [q, setQ] = useState('');
  const [ended, setEnded] = useState('now');
  const [opening, setOpening] = useState(false);
  const [closing, setClosing] = useState<Line>();
  const mayWrite = useMay('line:write');
  const lines = useAllLines();
  const month = thisMonth();
  const shown = useMemo(
    () => (lines.data ?? []).filter((line) =>
      (ended === 'all' || lineState(line, month) !== 'closed') && (!q || line.lower.name.includes(q) || line.upper.name.includes(q))),
    [lines.data, ended, month, q],
  );
  const columns: Column<Line>[] = [
    { key: 'lower', title: '下级单位', pinned: true, width: '10em', render: (line) => <strong>{line.lower.name}</strong> },
    { key: 'upper', title: '报送到', width: '10em', render: (line) => line.upper.name },
    { key: 'figures', title: '统计', render: (line) => <span className={styles.nowrap}>{line.figures ? '汇总全部' : '只计报送'}</span> },
    { key: 'time', title: '起止', render: (line) => <span className={styles.nowrap}>{lineTime(line)}</span> },
    { key: 'state', title: '状态', render: (line) => <LineTag state={lineState(line, month)} /> },
    { key: 'actions', title: <span className="sd-visually-hidden">操作</span>, figure: true, render: (line) => mayWrite && <Actions line={line} onClose={setClosing} /> },
  ];
  return (
    <>
      <PageHead title="报送渠道" hint="哪个单位可以向哪个单位报送；终止和新建都自每月 1 日起，暂停立即生效">
        {mayWrite && <Button type="primary" onClick={() => setOpening(true)}>建立渠道</Button>}
      </PageHead>
      <Panel flush>
        <div className={styles.bar} role="search">
          <Input data-search allowClear placeholder="单位名称" style={{ width: 240, maxWidth: '100%' }} value={q} onChange={(event) => setQ(event.target.value.trim())} />
          <Segmented aria-label="范围" value={ended} onChange={setEnded} options={[{ value: 'now', label: '现行' }, { value: 'all', label: '含已终止' }]} />
        </div>
        <Loaded query={lines}>
          {() => (shown.length === 0 ? <EmptyState title="没有符合条件的渠道" /> : <Table name="报送渠道" columns={columns} rows={shown} rowKey={(line) => line.id} />)}
        </Loaded>
      </Panel>
      <Suspense>
        {opening && <LineDialog onClose={() => setOpening(false)} />}
        {closing && <CloseLineDialog key={closing.id} line={closing} onClose={() => setClosing(undefined)} />}
      </Suspense>
    </>
  );
}

function Actions({ line, onClose }: { line: Line; onClose: (line: Line) => void }) {
  const { modal, message } = App.useApp();
  const stop = useStopLine();
  if (line.to) return null;
  const ask = () =>
    modal.confirm({
      title: `暂停${line.lower.name}向${line.upper.name}报送？`,
      content: '暂停立即生效，之后不能再沿此渠道报送；已报送的稿件和既往统计不受影响。',
      okText: '暂停',
      cancelText: '取消',
      onOk: () => stop.mutateAsync({ id: line.id }).then(() => void message.success('已暂停'), (error) => void message.error(sentence(error))),
    });
  return (
    <span>
      <Button size="small" type="link" onClick={() => onClose(line)}>终止</Button>
      {!line.stopped_at && <Button size="small" type="link" onClick={() => void ask()}>暂停</Button>}
    </span>
  );
}
