import { useState } from 'react';
import { useNotices, useReadNotices } from '@/features/notices/api/notices';
import { sentence } from '@/lib/errors';
import { ago } from '@/lib/format';
import { useMe } from '@/lib/tenant';
import type { Notice } from '@/lib/types';
import { EmptyState, Loaded } from '@/ui/plain/states';
import { More, TabPage } from '../frame/Page';
import { go } from '../frame/router';
import styles from './notices.module.css';

/** What the person is told; opening a notice marks it read. */
export function NoticesPage() {
  const me = useMe();
  const [unread, setUnread] = useState(false);
  const list = useNotices(unread);
  const read = useReadNotices();
  const open = (notice: Notice) => {
    if (!notice.read_at) read.mutate({ ids: [notice.id] });
    if (notice.subject_kind === 'report' && notice.subject_id) go(`/t/${me.tenant.code}/reports/${notice.subject_id}`);
    if (notice.subject_kind === 'clue') go(`/t/${me.tenant.code}/clues/${notice.subject_id}`);
    if (notice.subject_kind === 'activity') go(`/t/${me.tenant.code}/calendar/${notice.subject_id}`);
    if (notice.subject_kind === 'check') go(`/t/${me.tenant.code}/checks/${notice.subject_id}`);
    if (notice.subject_kind === 'consultation') go(`/t/${me.tenant.code}/consultations/${notice.subject_id}`);
  };
  const all = (
    <button type="button" className={styles.all} disabled={!me.unread || read.isPending} onClick={() => read.mutate({ all: true })}>全部已读</button>
  );
  return (
    <TabPage title="消息" aside={all}>
      <label className={styles.only}>
        <input type="checkbox" checked={unread} onChange={(event) => setUnread(event.target.checked)} />
        只看未读
      </label>
      {read.error && <p className={styles.fault} role="alert">{sentence(read.error)}</p>}
      <Loaded query={list}>
        {({ pages }) => {
          const items = pages.flatMap((page) => page.items);
          if (!items.length) return <EmptyState title={unread ? '没有未读消息' : '没有消息'} hint="信息的每一步进展都会在这里告诉您。" />;
          return (
            <>
              <ul className={styles.list}>
                {items.map((notice) => (
                  <li key={notice.id}>
                    <button type="button" className={`${styles.notice} ${notice.read_at ? '' : styles.unread}`} onClick={() => open(notice)}>
                      <span>{!notice.read_at && <span className="sd-visually-hidden">未读：</span>}{notice.text}</span>
                      <time dateTime={notice.at}>{ago(notice.at)}</time>
                    </button>
                  </li>
                ))}
              </ul>
              <More query={list} />
            </>
          );
        }}
      </Loaded>
    </TabPage>
  );
}
