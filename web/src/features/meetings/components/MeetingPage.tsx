import { App, Button, Popconfirm } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { Link, useParams } from 'react-router';
import { sentence } from '@/lib/errors';
import { day, time } from '@/lib/format';
import { useMay, useTenantCode } from '@/lib/tenant';
import { PageHead, Panel } from '@/ui/Page';
import { EmptyState, Loaded } from '@/ui/plain/states';
import { Table, type Column } from '@/ui/Table';
import { useDownload } from '@/ui/useDownload';
import { useCloseMeeting, useMeeting, type Meeting } from '../api/meetings';
import styles from './meetings.module.css';

const MeetingDialog = lazy(() => import('./MeetingDialog'));

/** One meeting: agenda, minutes, and what changed since the one before. */
export default function MeetingPage() {
  const { id = '' } = useParams();
  const meeting = useMeeting(id);
  return <Loaded query={meeting}>{(data) => <Content meeting={data} />}</Loaded>;
}

function Content({ meeting }: { meeting: Meeting }) {
  const tenant = useTenantCode();
  const { message } = App.useApp();
  const [editing, setEditing] = useState(false);
  const close = useCloseMeeting();
  const paper = useDownload();
  const mayExport = useMay('document:export');
  const end = () => close.mutate(meeting, { onSuccess: () => void message.success('已办结，反馈清单已定格'), onError: (error) => void message.error(sentence(error)) });
  const columns: Column<Meeting['changes'][number]>[] = [
    { key: 'title', title: '信息', pinned: true, width: '14em', render: (one) => <Link to={`/t/${tenant}/reports/${one.report_id}`}>{one.title}</Link> },
    { key: 'what', title: '结果', width: '14em', render: (one) => one.what },
    { key: 'at', title: '时间', width: '8em', render: (one) => day(one.at) },
    { key: 'author', title: '作者', width: '7em', render: (one) => one.author },
    { key: 'told', title: '告知作者', width: '7em', render: (one) => (one.own ? (one.told ? '已告知' : '未告知') : '由来文单位告知') },
  ];
  return (
    <>
      <PageHead title={meeting.title} hint={meeting.closed_at ? `${meeting.closer} ${time(meeting.closed_at)} 办结` : '未办结'}>
        {mayExport && <Button loading={paper.busy} onClick={() => void paper.fetch(`/meetings/${meeting.id}/document`)}>下载 Word</Button>}
        {meeting.can.includes('edit') && <Button onClick={() => setEditing(true)}>修改</Button>}
        {meeting.can.includes('close') && (
          <Popconfirm title="办结例会" description="办结后不能再修改，反馈清单按现在的内容保存。" okText="办结" cancelText="取消" onConfirm={end}>
            <Button type="primary" loading={close.isPending}>办结</Button>
          </Popconfirm>
        )}
      </PageHead>
      <div className={styles.stack}>
      <Panel title="议程和纪要">
        <dl className={styles.facts}>
          <dt>时间</dt><dd>{time(meeting.held_at)}</dd>
          <dt>地点</dt><dd>{meeting.place || '未填'}</dd>
          <dt>主持人</dt><dd>{meeting.host || '未填'}</dd>
          <dt>参加人员</dt><dd>{meeting.attendees || '未填'}</dd>
          <dt>议题</dt><dd>{meeting.agenda.length ? <ol className={styles.agenda}>{meeting.agenda.map((item) => <li key={item}>{item}</li>)}</ol> : '未填'}</dd>
          <dt>纪要</dt><dd>{meeting.minutes || '会后填写'}</dd>
        </dl>
      </Panel>
      <Panel flush title={`反馈清单（${meeting.changes.length} 件）`}>
        <p className={styles.since}>{day(meeting.since)}以来{meeting.closed_at ? `至 ${day(meeting.closed_at)}` : '，随时更新，办结时定格'}</p>
        {meeting.changes.length === 0
          ? <EmptyState title="这段时间没有新的处理结果" />
          : <Table name="反馈清单" columns={columns} rows={meeting.changes} rowKey={(one) => `${one.report_id}-${one.at}-${one.what}`} />}
      </Panel>
      </div>
      <Suspense>{editing && <MeetingDialog meeting={meeting} onClose={() => setEditing(false)} />}</Suspense>
    </>
  );
}
