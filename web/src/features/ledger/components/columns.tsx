import { Link } from 'react-router';
import { day } from '@/lib/format';
import { classText, formText, label, outcomeText, urgencyText } from '@/lib/texts';
import type { OutcomeKind } from '@/lib/types';
import { ReportStatus, StatusTag } from '@/ui/plain/StatusTag';
import type { LedgerRow } from '../api/ledger';
import styles from './ledger.module.css';

export interface LedgerColumn {
  key: string;
  title: string;
  width: string;
  render: (row: LedgerRow, root: string) => React.ReactNode;
}

const outcome = ({ outcome: last }: LedgerRow) =>
  last && `${last.unit} ${last.form ? label(formText, last.form) : last.kind === 'adoption_corrected' ? '更正采用' : label(outcomeText, last.kind as OutcomeKind)}`;

/** Everything a ledger can show, in the order it is shown unless chosen otherwise. */
export const columns: LedgerColumn[] = [
  { key: 'number', title: '编号', width: '9.5em', render: (row) => <span className={styles.number}>{row.number}</span> },
  { key: 'title', title: '标题', width: '20em', render: (row, root) => <Link to={`${root}/reports/${row.id}`}>{row.title || '（未填标题）'}</Link> },
  { key: 'author', title: '反映人', width: '6em', render: (row) => row.author },
  { key: 'sender', title: '来文单位', width: '9em', render: (row) => row.sender },
  { key: 'category', title: '分类', width: '7em', render: (row) => row.category },
  { key: 'urgency', title: '紧急程度', width: '6em', render: (row) => label(urgencyText, row.urgency) },
  { key: 'class', title: '类别', width: '4.5em', render: (row) => label(classText, row.class) },
  { key: 'lead', title: '牵头副秘书长', width: '8em', render: (row) => row.lead?.name },
  { key: 'office', title: '联系委室', width: '8em', render: (row) => row.office?.name },
  { key: 'follow', title: '跟踪人', width: '6em', render: (row) => row.follow?.name },
  { key: 'state', title: '状态', width: '6em', render: (row) => <ReportStatus state={row.state} author={false} /> },
  { key: 'submitted_at', title: '收稿日期', width: '8em', render: (row) => day(row.submitted_at) },
  { key: 'signed_at', title: '签发日期', width: '8em', render: (row) => day(row.signed_at) },
  { key: 'sent_at', title: '报送日期', width: '8em', render: (row) => day(row.sent_at) },
  { key: 'due_on', title: '办理期限', width: '9em', render: (row) => <>{row.due_on}{row.overdue && <> <StatusTag tone="risk">逾期</StatusTag></>}</> },
  { key: 'outcome', title: '最新结果', width: '12em', render: outcome },
  { key: 'times', title: '采用篇次', width: '6em', render: (row) => row.times || '' },
  { key: 'note', title: '备注', width: '10em', render: (row) => row.note },
];

/** What a person sees who has chosen nothing. */
export const usual = ['number', 'title', 'author', 'lead', 'office', 'follow', 'state', 'submitted_at', 'signed_at', 'sent_at', 'due_on', 'outcome'];

/** The columns of these names, in this order. */
export const columnsOf = (keys: string[]): LedgerColumn[] => keys.flatMap((key) => columns.find((one) => one.key === key) ?? []);
