import { App, Badge, Button, Segmented } from 'antd';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { sentence } from '@/lib/errors';
import { time } from '@/lib/format';
import { useMe } from '@/lib/tenant';
import type { Notice } from '@/lib/types';
import { PageHead, Panel } from '@/ui/Page';
import { EmptyState, Loaded } from '@/ui/plain/states';
import { noticePath, useNotices, useReadNotices } from '../api/notices';
import styles from './notices.module.css';

export default function NoticesPage() {
  const { tenant } = useMe();
  const navigate = useNavigate();
  const { message } = App.useApp();
  const [unread, setUnread] = useState(false);
  const notices = useNotices(unread);
  const read = useReadNotices();
  const items = notices.data?.pages.flatMap((page) => page.items) ?? [];
  const open = (notice: Notice) => {
    if (!notice.read_at) read.mutate({ ids: [notice.id] });
    const path = noticePath(notice);
    if (path) navigate(`/t/${tenant.code}${path}`);
  };
  return (
    <>
      <PageHead title="消息" hint="稿件每走一步都会告诉您">
        <Segmented<string>
          options={[{ label: '全部', value: 'all' }, { label: '未读', value: 'unread' }]}
          value={unread ? 'unread' : 'all'}
          onChange={(value) => setUnread(value === 'unread')}
        />
        <Button onClick={() => navigate(`/t/${tenant.code}/notices/ways`)}>接收方式</Button>
        <Button loading={read.isPending} onClick={() => read.mutate({ all: true }, { onError: (error) => message.error(sentence(error)) })}>全部已读</Button>
      </PageHead>
      <Panel flush>
        <Loaded query={notices}>
          {() => (items.length === 0
            ? <EmptyState title={unread ? '没有未读消息' : '还没有消息'} hint="稿件被受理、采用、转报或退回时，这里会有消息。" />
            : (
              <ul>
                {items.map((notice) => (
                  <li key={notice.id}>
                    <button type="button" className={`${styles.row} ${notice.read_at ? '' : styles.unread}`} onClick={() => open(notice)}>
                      <Badge status={notice.read_at ? 'default' : 'error'} />
                      <span>{notice.text}</span>
                      <time dateTime={notice.at}>{time(notice.at)}</time>
                    </button>
                  </li>
                ))}
              </ul>
            ))}
        </Loaded>
        {notices.hasNextPage && (
          <div className={styles.more}><Button loading={notices.isFetchingNextPage} onClick={() => void notices.fetchNextPage()}>加载更多</Button></div>
        )}
      </Panel>
    </>
  );
}
