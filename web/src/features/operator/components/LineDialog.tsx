import { App, Modal, Select } from 'antd';
import { useDeferredValue, useState } from 'react';
import { faultsOf, Field, Fields, FormFault } from '@/ui/Field';
import { useOpenLine, useTenants } from '../api/platform';
import { monthChoices, thisMonth } from './months';

const figures = [
  { value: 'rule', label: '按通则（同一系统内汇总全部，跨系统只计报送）' },
  { value: 'all', label: '汇总全部：上级看到下级及其所属的全部统计' },
  { value: 'sent', label: '只计报送：上级只统计报送给它的信息' },
];

/** Opens a reporting line. */
export default function LineDialog({ onClose }: { onClose: () => void }) {
  const { message } = App.useApp();
  const [lower, setLower] = useState<string>();
  const [upper, setUpper] = useState<string>();
  const [sees, setSees] = useState('rule');
  const [from, setFrom] = useState(thisMonth());
  const open = useOpenLine();
  const faults = faultsOf(open.error);
  const submit = () =>
    open.mutate({ lower: lower ?? '', upper: upper ?? '', from, figures: sees === 'rule' ? undefined : sees === 'all' }, {
      onSuccess: (line) => {
        void message.success(`${line.lower.name}可以向${line.upper.name}报送了`);
        onClose();
      },
    });
  return (
    <Modal open title="建立报送渠道" okText="建立" okButtonProps={{ disabled: !lower || !upper, loading: open.isPending }} onOk={submit} onCancel={onClose}>
      <Fields>
        <Field wide label="下级单位" fault={faults.lower}><TenantSelect value={lower} onChange={setLower} /></Field>
        <Field wide label="报送到" fault={faults.upper}><TenantSelect value={upper} onChange={setUpper} /></Field>
        <Field wide label="统计口径" fault={faults.figures} hint="同一时期只能有一个上级汇总全部统计"><Select value={sees} onChange={setSees} options={figures} /></Field>
        <Field wide label="自哪个月起" fault={faults.from}><Select value={from} onChange={setFrom} options={monthChoices(24, 12)} /></Field>
      </Fields>
      <FormFault error={open.error} />
    </Modal>
  );
}

function TenantSelect({ value, onChange }: { value?: string; onChange: (code: string) => void }) {
  const [text, setText] = useState('');
  const tenants = useTenants(useDeferredValue(text.trim()) || undefined, 30);
  const items = tenants.data?.pages.flatMap((page) => page.items).filter((unit) => unit.kind !== 'operator') ?? [];
  return (
    <Select
      showSearch={{ filterOption: false, onSearch: setText }}
      placeholder="输入单位名称查找"
      value={value}
      onChange={onChange}
      loading={tenants.isFetching}
      options={items.map((unit) => ({ value: unit.code, label: unit.short_name }))}
    />
  );
}
