import { Button, Input } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { day } from '@/lib/format';
import { useMay } from '@/lib/tenant';
import { kindText, label, levelText } from '@/lib/texts';
import { PageHead, Panel } from '@/ui/Page';
import { EmptyState, Loaded } from '@/ui/plain/states';
import { StatusTag } from '@/ui/plain/StatusTag';
import { Table, type Column } from '@/ui/Table';
import { useTenants, type Tenant } from '../api/platform';
import styles from './operator.module.css';

const TenantDialog = lazy(() => import('./TenantDialog'));

const stateText: Record<Tenant['state'], string> = { active: '在用', suspended: '已停用', closed: '已撤销' };

const columns: Column<Tenant>[] = [
  { key: 'name', title: '单位', pinned: true, width: '13em', render: (unit) => <span className={styles.unit}><strong>{unit.name}</strong>{unit.state !== 'active' && <StatusTag tone="warn">{stateText[unit.state]}</StatusTag>}</span> },
  { key: 'code', title: '单位代码', render: (unit) => unit.code },
  { key: 'kind', title: '性质', render: (unit) => <span className={styles.nowrap}>{[unit.kind === 'operator' ? '平台运营' : label(kindText, unit.kind), unit.party].filter(Boolean).join(' · ')}</span> },
  { key: 'level', title: '层级', render: (unit) => label(levelText, unit.level) },
  { key: 'class', title: '排名分组', render: (unit) => <span className={styles.nowrap}>{unit.class}</span> },
  { key: 'division', title: '区划代码', render: (unit) => unit.division },
  { key: 'opened', title: '开通时间', render: (unit) => <span className={styles.nowrap}>{day(unit.opened_at)}</span> },
];

/** The units of the platform, for the operator. */
export default function TenantsPage() {
  const [q, setQ] = useState<string>();
  const [opening, setOpening] = useState(false);
  const mayOpen = useMay('tenant:write');
  const tenants = useTenants(q);
  const items = tenants.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <>
      <PageHead title="单位开设" hint="平台上的全部单位；开通后由该单位自己的三类管理员管理，运营方看不到任何稿件">
        {mayOpen && <Button type="primary" onClick={() => setOpening(true)}>开通单位</Button>}
      </PageHead>
      <Panel flush>
        <div className={styles.bar} role="search">
          <Input.Search data-search allowClear placeholder="单位名称或代码" style={{ width: 260, maxWidth: '100%' }} onSearch={(text) => setQ(text.trim() || undefined)} />
        </div>
        <Loaded query={tenants}>
          {() => (items.length === 0 ? <EmptyState title="没有符合条件的单位" /> : <Table name="平台上的单位" columns={columns} rows={items} rowKey={(unit) => unit.code} />)}
        </Loaded>
        {tenants.hasNextPage && (
          <div className={styles.more}><Button loading={tenants.isFetchingNextPage} onClick={() => void tenants.fetchNextPage()}>加载更多</Button></div>
        )}
      </Panel>
      {opening && <Suspense><TenantDialog onClose={() => setOpening(false)} /></Suspense>}
    </>
  );
}
