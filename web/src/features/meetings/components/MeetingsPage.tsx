import { Button } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { Link, useNavigate } from 'react-router';
import { time } from '@/lib/format';
import { useMay, useTenantCode } from '@/lib/tenant';
import { PageHead, Panel } from '@/ui/Page';
import { EmptyState, Loaded } from '@/ui/plain/states';
import { StatusTag } from '@/ui/plain/StatusTag';
import { Table, type Column } from '@/ui/Table';
import { useMeetings, type MeetingLine } from '../api/meetings';

const MeetingDialog = lazy(() => import('./MeetingDialog'));

/** 工作例会 of the unit, latest first. */
export default function MeetingsPage() {
  const tenant = useTenantCode();
  const navigate = useNavigate();
  const mayWrite = useMay('meeting:write');
  const meetings = useMeetings();
  const [planning, setPlanning] = useState(false);
  const columns: Column<MeetingLine>[] = [
    { key: 'title', title: '名称', pinned: true, width: '14em', render: (one) => <Link to={`/t/${tenant}/meetings/${one.id}`}>{one.title}</Link> },
    { key: 'at', title: '时间', width: '10em', render: (one) => time(one.held_at) },
    { key: 'place', title: '地点', width: '8em', render: (one) => one.place },
    { key: 'topics', title: '议题', figure: true, width: '4em', render: (one) => one.topics },
    { key: 'state', title: '状态', width: '6em', render: (one) => <StatusTag>{one.state === 'closed' ? '已办结' : '未办结'}</StatusTag> },
  ];
  return (
    <>
      <PageHead title="工作例会" hint="议程、纪要，和自上次例会以来自动汇成的反馈清单">
        {mayWrite && <Button type="primary" onClick={() => setPlanning(true)}>安排例会</Button>}
      </PageHead>
      <Panel flush>
        <Loaded query={meetings}>
          {(items) => (items.length === 0
            ? <EmptyState title="还没有例会" hint={mayWrite ? '点右上角“安排例会”。' : undefined} />
            : <Table name="工作例会" columns={columns} rows={items} rowKey={(one) => one.id} />)}
        </Loaded>
      </Panel>
      <Suspense>{planning && <MeetingDialog onClose={() => setPlanning(false)} onSaved={(one) => navigate(`/t/${tenant}/meetings/${one.id}`)} />}</Suspense>
    </>
  );
}
