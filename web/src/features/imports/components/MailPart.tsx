import { Segmented } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { time } from '@/lib/format';
import { useTenantCode } from '@/lib/tenant';
import { Panel } from '@/ui/Page';
import { EmptyState, Loaded } from '@/ui/plain/states';
import { StatusTag } from '@/ui/plain/StatusTag';
import { Table } from '@/ui/Table';
import { useMails, type Mail } from '../api/imports';
import styles from './imports.module.css';

const text: Record<Mail['state'], string> = { clue: '转为线索', draft: '成员草稿', submitted: '已提交', refused: '未收' };
const tone = { clue: 'ok', draft: 'run', submitted: 'ok', refused: 'warn' } as const;

/** The mails that came, what they became, and why others were not taken. None is ever answered. */
export default function MailPart() {
  const tenant = useTenantCode();
  const [state, setState] = useState('');
  const mails = useMails(state);
  return (
    <Panel
      title="邮箱来信" flush
      extra={<Segmented<string> value={state} onChange={setState} options={[{ label: '全部', value: '' }, { label: '转为线索', value: 'clue' }, { label: '成员来信', value: 'draft' }, { label: '未收', value: 'refused' }]} />}
    >
      <p className={styles.padded}>邮件按来信邮箱的设置定时收取，每封只收一次；发件人可能是冒用的，请核实后使用。系统不会自动回复。</p>
      <Loaded query={mails}>
        {(items) => (items.length === 0 ? <EmptyState title="没有来信" hint="来信邮箱由系统管理员或研究室主任在“设置”里登记。" /> : (
          <Table<Mail>
            name="邮箱来信" rows={items} rowKey={(mail) => mail.id}
            columns={[
              { key: 'subject', title: '主题', pinned: true, width: '14em', render: (mail) => (mail.subject_id ? <Link to={`/t/${tenant}/clues?id=${mail.subject_id}`}>{mail.subject || '（无主题）'}</Link> : mail.subject || '（无主题）') },
              { key: 'sender', title: '自称发件人', width: '12em', render: (mail) => mail.sender },
              { key: 'state', title: '去向', render: (mail) => <StatusTag tone={tone[mail.state]}>{text[mail.state]}</StatusTag> },
              { key: 'reason', title: '原因', width: '12em', render: (mail) => mail.reason },
              { key: 'at', title: '收到', render: (mail) => time(mail.received_at) },
            ]}
          />
        ))}
      </Loaded>
    </Panel>
  );
}
