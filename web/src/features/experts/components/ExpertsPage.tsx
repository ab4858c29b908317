import { Button, Input, Segmented, Select } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useOrganisation } from '@/features/organisation/api/organisation';
import { useCategories } from '@/features/reports/api/catalogues';
import { useMay } from '@/lib/tenant';
import { PageHead, Panel } from '@/ui/Page';
import { EmptyState, Loaded } from '@/ui/plain/states';
import { StatusTag } from '@/ui/plain/StatusTag';
import { Table, type Column } from '@/ui/Table';
import { useExperts, type Expert } from '../api/experts';
import styles from './experts.module.css';

const ExpertDialog = lazy(() => import('./ExpertDialog'));

/** 专家库: whom to ask about what. */
export default function ExpertsPage() {
  const [q, setQ] = useState<string>();
  const [field, setField] = useState<string>();
  const [unit, setUnit] = useState<string>();
  const [shown, setShown] = useState<'active' | 'all'>('active');
  const [form, setForm] = useState<Expert | 'new'>();
  const mayWrite = useMay('expert:write');
  const categories = useCategories();
  const units = useOrganisation().data?.units ?? [];
  const experts = useExperts({ q, field, unit, active: shown === 'active' || undefined });
  const columns: Column<Expert>[] = [
    { key: 'name', title: '姓名', pinned: true, width: '7em', render: (one) => <span className={styles.name}>{one.name}{!one.active && <StatusTag>已停用</StatusTag>}</span> },
    { key: 'work', title: '单位职务', width: '12em', render: (one) => [one.organisation, one.title].filter(Boolean).join(' ') },
    { key: 'fields', title: '熟悉领域', width: '12em', render: (one) => one.fields.join('、') },
    { key: 'tags', title: '行业', width: '8em', render: (one) => (one.tags ?? []).join('、') },
    { key: 'unit', title: '所属机构', width: '8em', render: (one) => one.unit },
    { key: 'account', title: '征询方式', width: '7em', render: (one) => (one.membership_id ? '系统内' : '线下，代录意见') },
    { key: 'phone', title: '电话', render: (one) => one.phone },
    { key: 'actions', title: <span className="sd-visually-hidden">操作</span>, figure: true, render: (one) => mayWrite && <Button size="small" type="link" onClick={() => setForm(one)}>修改</Button> },
  ];
  return (
    <>
      <PageHead title="专家库" hint="按领域和行业查找专家，在信息页“核实与会商”中征询意见">
        <Segmented<'active' | 'all'> value={shown} onChange={setShown} options={[{ label: '在用', value: 'active' }, { label: '全部', value: 'all' }]} />
        {mayWrite && <Button type="primary" onClick={() => setForm('new')}>登记专家</Button>}
      </PageHead>
      <Panel flush>
        <div className={styles.bar} role="search">
          <Input.Search data-search allowClear placeholder="姓名、单位、领域或行业" style={{ width: 240, maxWidth: '100%' }} onSearch={(text) => setQ(text.trim() || undefined)} />
          <Select allowClear showSearch aria-label="领域" placeholder="全部领域" style={{ width: 160 }} value={field} onChange={setField} options={categories.data?.map((one) => ({ value: one.name, label: one.name }))} />
          <Select allowClear showSearch optionFilterProp="label" aria-label="所属机构" placeholder="全部机构" style={{ width: 180 }} value={unit} onChange={setUnit} options={units.map((one) => ({ value: one.id, label: one.name }))} />
        </div>
        <Loaded query={experts}>
          {(items) => (items.length === 0
            ? <EmptyState title={q || field || unit ? '没有符合条件的专家' : '还没有登记专家'} hint={mayWrite ? '点右上角“登记专家”，可以是本单位成员，也可以是没有账号的专家。' : undefined} />
            : <Table name="专家库" columns={columns} rows={items} rowKey={(one) => one.id} />)}
        </Loaded>
      </Panel>
      <Suspense>{form && <ExpertDialog key={form === 'new' ? 'new' : form.id} expert={form === 'new' ? undefined : form} onClose={() => setForm(undefined)} />}</Suspense>
    </>
  );
}
