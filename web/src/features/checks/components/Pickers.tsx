import { Select } from 'antd';
import { useState } from 'react';
import { useMembers } from '@/features/members/api/members';
import { useOrganisation } from '@/features/organisation/api/organisation';

/** One of the inner units. */
export function UnitPicker({ value, onChange }: { value?: string; onChange: (id: string, name: string) => void }) {
  const units = useOrganisation().data?.units ?? [];
  const name = (id: string) => units.find((one) => one.id === id)?.name ?? '';
  return (
    <Select
      aria-label="内设机构"
      placeholder="选择内设机构"
      showSearch
      optionFilterProp="label"
      value={value}
      onChange={(id: string) => onChange(id, name(id))}
      notFoundContent="还没有内设机构，由系统管理员在“组织与报送关系”中设置"
      options={units.map((unit) => ({ value: unit.id, label: unit.name }))}
    />
  );
}

/** One of the people of the unit, found by name. */
export function PersonPicker({ value, onChange }: { value?: string; onChange: (id: string, name: string) => void }) {
  const [q, setQ] = useState<string>();
  const members = useMembers(q);
  const items = (members.data?.pages.flatMap((page) => page.items) ?? []).filter((one) => one.state === 'active' && one.class === 'business');
  return (
    <Select
      aria-label="人员"
      placeholder="输入姓名查找"
      showSearch
      filterOption={false}
      onSearch={(text) => setQ(text.trim() || undefined)}
      value={value}
      onChange={(id: string) => onChange(id, items.find((one) => one.id === id)?.name ?? '')}
      notFoundContent={members.isPending ? '正在查找…' : '没有找到'}
      options={items.map((one) => ({ value: one.id, label: [one.name, one.title].filter(Boolean).join('，') }))}
    />
  );
}
