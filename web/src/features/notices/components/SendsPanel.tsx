import { App, Button } from 'antd';
import { sentence } from '@/lib/errors';
import { time } from '@/lib/format';
import { Panel } from '@/ui/Page';
import { EmptyState, Loaded } from '@/ui/plain/states';
import { Table, type Column } from '@/ui/Table';
import { useResend, useSends, type Sent } from '../api/ways';
import styles from './notices.module.css';

const channelText: Record<Sent['channel'], string> = { email: '电子邮件', webhook: '网络回调', wecom: '企业微信', dingtalk: '钉钉' };
const stateText: Record<Sent['state'], string> = { queued: '等待发送', sent: '已发送', failed: '失败' };

/** 发送记录: what went out by which channel, how often it was tried, and what went wrong. */
export function SendsPanel({ all }: { all: boolean }) {
  const { message } = App.useApp();
  const sends = useSends(all);
  const resend = useResend();
  const items = sends.data?.pages.flatMap((page) => page.items) ?? [];
  const again = (id: string) => resend.mutate({ id }, { onSuccess: () => void message.success('已安排重发'), onError: (error) => void message.error(sentence(error)) });
  const columns: Column<Sent>[] = [
    { key: 'what', title: '消息', pinned: true, width: '10em', render: (one) => <span className={styles.what}>{one.text ?? one.group}{one.notices > 1 && `（共 ${one.notices} 条）`}</span> },
    ...(all ? [{ key: 'to', title: '接收人', width: '6em', render: (one: Sent) => one.to }] : []),
    { key: 'channel', title: '渠道', width: '6em', render: (one) => channelText[one.channel] },
    { key: 'state', title: '状态', width: '6em', render: (one) => <span className={styles.what}>{stateText[one.state]}{one.last_error && `：${one.last_error}`}</span> },
    { key: 'attempts', title: '尝试', figure: true, width: '4em', render: (one) => one.attempts },
    { key: 'at', title: '时间', width: '10em', render: (one) => time(one.sent_at ?? one.due_at) },
    { key: 'again', title: <span className="sd-visually-hidden">操作</span>, render: (one) => one.state !== 'queued' && <Button size="small" type="link" loading={resend.isPending} onClick={() => again(one.id)}>重发</Button> },
  ];
  return (
    <Panel flush title="发送记录">
      <Loaded query={sends}>
        {() => (items.length === 0 ? <EmptyState title="还没有外发过消息" /> : <Table name="发送记录" columns={columns} rows={items} rowKey={(one) => one.id} />)}
      </Loaded>
      {sends.hasNextPage && <div className={styles.more}><Button loading={sends.isFetchingNextPage} onClick={() => void sends.fetchNextPage()}>加载更多</Button></div>}
    </Panel>
  );
}
