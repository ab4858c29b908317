import { Checkbox, Radio } from 'antd';
import { useState } from 'react';
import { useSearchParams } from 'react-router';
import { time } from '@/lib/format';
import { useTenantCode } from '@/lib/tenant';
import { Panel } from '@/ui/Page';
import { EmptyState, Loaded } from '@/ui/plain/states';
import { StatusTag } from '@/ui/plain/StatusTag';
import { Table } from '@/ui/Table';
import { templateAddress, useImports, useTryImport, type Import, type ImportKind } from '../api/imports';
import { FilePick } from './FilePick';
import { ImportPanel } from './ImportPanel';
import styles from './imports.module.css';

const kindText: Record<ImportKind, string> = { reports: '信息', clues: '线索' };
const stateText: Record<Import['state'], string> = { checked: '已检查，未导入', running: '正在导入', done: '已完成', cancelled: '已停止' };

/** Tables of many reports or clues: tried first, then brought in. */
export default function TablePart() {
  const tenant = useTenantCode();
  const [params, setParams] = useSearchParams();
  const open = (id: string) => setParams({ part: 'table', id });
  const shown = params.get('id') ?? '';
  const [kind, setKind] = useState<ImportKind>('reports');
  const [submit, setSubmit] = useState(true);
  const attempt = useTryImport();
  const imports = useImports();
  return (
    <div className={styles.parts}>
      <Panel title="从 Excel 批量导入">
        <div className={styles.form}>
          <Radio.Group aria-label="导入什么" value={kind} onChange={(event) => setKind(event.target.value)} options={[{ value: 'reports', label: '信息' }, { value: 'clues', label: '线索' }]} />
          <p className={styles.hint}>
            先<a href={templateAddress(tenant, kind)} download>下载{kindText[kind]}导入模板</a>，按说明填写后上传。代录时在“反映人”一列写成员的登录名或姓名；同一编号只导入一次，再导也不会重复。
          </p>
          {kind === 'reports' && <Checkbox checked={submit} onChange={(event) => setSubmit(event.target.checked)}>直接提交（不选则存为反映人的草稿）</Checkbox>}
          <FilePick
            text="上传表格并检查" accept=".xlsx"
            onArrived={async (file) => open((await attempt.mutateAsync({ kind, attachment: file.id, submit: kind === 'reports' && submit })).id)}
          />
        </div>
      </Panel>
      {shown && <ImportPanel key={shown} id={shown} />}
      <Panel title="导入记录" flush>
        <Loaded query={imports}>
          {(items) => (items.length === 0 ? <EmptyState title="还没有导入过" /> : (
            <Table<Import>
              name="导入记录" rows={items} rowKey={(row) => row.id}
              columns={[
                { key: 'name', title: '文件', pinned: true, render: (row) => <button type="button" className={styles.link} onClick={() => open(row.id)}>{row.name}</button> },
                { key: 'kind', title: '种类', render: (row) => kindText[row.kind] },
                { key: 'state', title: '状态', render: (row) => <StatusTag tone={row.state === 'done' ? 'ok' : row.state === 'running' ? 'run' : 'quiet'}>{stateText[row.state]}</StatusTag> },
                { key: 'done', title: '新增', figure: true, render: (row) => row.done },
                { key: 'repeat', title: '以前已有', figure: true, render: (row) => row.repeat },
                { key: 'refused', title: '有问题', figure: true, render: (row) => row.refused },
                { key: 'by', title: '导入人', render: (row) => row.by },
                { key: 'at', title: '时间', render: (row) => time(row.created_at) },
              ]}
            />
          ))}
        </Loaded>
      </Panel>
    </div>
  );
}
