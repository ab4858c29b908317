import { BellOutlined } from '@ant-design/icons';
import { Badge, Button, Popover } from 'antd';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { noticePath, useLatestNotices, useReadNotices } from '@/features/notices/api/notices';
import { ago } from '@/lib/format';
import { useMe } from '@/lib/tenant';
import type { Notice } from '@/lib/types';
import { EmptyState, Loaded } from '@/ui/plain/states';
import styles from './shell.module.css';

function Latest({ close }: { close: () => void }) {
  const { tenant } = useMe();
  const navigate = useNavigate();
  const read = useReadNotices();
  const latest = useLatestNotices(8);
  const root = `/t/${tenant.code}`;
  const open = (notice: Notice) => {
    if (!notice.read_at) read.mutate({ ids: [notice.id] });
    navigate(root + (noticePath(notice) ?? '/notices'));
    close();
  };
  return (
    <div className={styles.bellList}>
      <Loaded query={latest}>
        {({ items }) =>
          items.length === 0 ? <EmptyState title="没有消息" /> : items.map((notice) => (
            <button type="button" key={notice.id} className={styles.bellItem} onClick={() => open(notice)}>
              <Badge status={notice.read_at ? 'default' : 'error'} text={notice.text} />
              <br /><small>{ago(notice.at)}</small>
            </button>
          ))
        }
      </Loaded>
      <div className={styles.bellFoot}>
        <Button type="link" onClick={() => read.mutate({ all: true })}>全部已读</Button>
        <Button type="link" onClick={() => { navigate(`${root}/notices`); close(); }}>查看全部</Button>
      </div>
    </div>
  );
}

/** Notices, with how many are unread; kept fresh by the live stream. */
export function Bell() {
  const me = useMe();
  const [open, setOpen] = useState(false);
  return (
    <Popover trigger="click" placement="bottomRight" open={open} onOpenChange={setOpen} destroyOnHidden content={<Latest close={() => setOpen(false)} />}>
      <Badge count={me.unread} size="small" offset={[-6, 6]}>
        <Button type="text" icon={<BellOutlined style={{ fontSize: 19 }} />} aria-label={`消息，${me.unread} 条未读`} />
      </Badge>
    </Popover>
  );
}
