import { App, Button, Progress, Segmented } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { sentence } from '@/lib/errors';
import { useTenantCode } from '@/lib/tenant';
import { Panel } from '@/ui/Page';
import { EmptyState, Loaded } from '@/ui/plain/states';
import { StatusTag } from '@/ui/plain/StatusTag';
import { Table } from '@/ui/Table';
import { useImport, useImportRows, useImportStep, type Import, type ImportRow } from '../api/imports';
import styles from './imports.module.css';

const rowText: Record<ImportRow['state'], string> = { ready: '可以导入', refused: '有问题', done: '已导入', repeat: '以前已有' };
const rowTone = { ready: 'run', refused: 'warn', done: 'ok', repeat: 'quiet' } as const;

/** One table: what would become of each row, then how far it is. */
export function ImportPanel({ id }: { id: string }) {
  const found = useImport(id);
  return <Loaded query={found}>{(one) => <Content one={one} />}</Loaded>;
}

function Content({ one }: { one: Import }) {
  const { message } = App.useApp();
  const step = useImportStep();
  const act = (what: 'start' | 'cancel', done: string) =>
    step.mutate({ id: one.id, step: what }, { onSuccess: () => void message.success(done), onError: (error) => void message.error(sentence(error)) });
  const all = one.ready + one.done;
  return (
    <Panel
      title={one.name}
      extra={one.state === 'checked' ? (
        <>
          <Button type="primary" disabled={!one.ready} loading={step.isPending} onClick={() => act('start', '已开始导入，完成后会通知您')}>导入 {one.ready} 行</Button>{' '}
          <Button onClick={() => act('cancel', '已取消，没有导入任何内容')}>取消</Button>
        </>
      ) : one.state === 'running' && <Button onClick={() => act('cancel', '已停止，已导入的保留')}>停止</Button>}
    >
      <p role="status" className={styles.counts}>
        {one.state === 'checked'
          ? `检查完毕：可以导入 ${one.ready} 行，有问题 ${one.refused} 行，以前已有 ${one.repeat} 行。`
          : `${{ running: '正在导入', done: '导入完成', cancelled: '已停止' }[one.state]}：新增 ${one.done}，以前已有 ${one.repeat}，有问题 ${one.refused}${one.ready ? `，未导入 ${one.ready}` : ''}。`}
      </p>
      {one.state === 'running' && <Progress percent={all ? Math.floor((one.done / all) * 100) : 0} aria-label="导入进度" />}
      <Rows one={one} />
    </Panel>
  );
}

function Rows({ one }: { one: Import }) {
  const tenant = useTenantCode();
  const [state, setState] = useState<ImportRow['state'] | ''>(one.refused > 0 && one.state === 'checked' ? 'refused' : '');
  const rows = useImportRows(one.id, state, one.state === 'running');
  const place = (row: ImportRow) => `/t/${tenant}/${one.kind === 'clues' ? `clues?id=${row.subject_id}` : `reports/${row.subject_id}`}`;
  return (
    <>
      <Segmented<ImportRow['state'] | ''>
        value={state} onChange={setState}
        options={[{ label: '全部', value: '' }, { label: `有问题 ${one.refused}`, value: 'refused' }, { label: `可以导入 ${one.ready}`, value: 'ready' }, { label: `已导入 ${one.done}`, value: 'done' }, { label: `以前已有 ${one.repeat}`, value: 'repeat' }]}
      />
      <Loaded query={rows}>
        {(items) => (items.length === 0 ? <EmptyState title="没有这样的行" /> : (
          <Table<ImportRow>
            name="表格的各行" rows={items} rowKey={(row) => String(row.no)}
            columns={[
              { key: 'no', title: '行', figure: true, render: (row) => row.no },
              { key: 'title', title: '标题', width: '14em', render: (row) => (row.subject_id && (one.submit || one.kind === 'clues') ? <Link to={place(row)}>{row.title || '（无标题）'}</Link> : row.title || '（无标题）') },
              { key: 'state', title: '结果', render: (row) => <StatusTag tone={rowTone[row.state]}>{rowText[row.state]}</StatusTag> },
              { key: 'reason', title: '原因', width: '16em', render: (row) => row.reason },
            ]}
          />
        ))}
      </Loaded>
      {rows.data?.length === 200 && <p className={styles.hint}>只显示前 200 行。</p>}
    </>
  );
}
