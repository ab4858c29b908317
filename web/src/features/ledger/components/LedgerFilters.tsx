import { Button, Checkbox, Input, Select } from 'antd';
import { useState } from 'react';
import { MemberPicker } from '@/features/members/components/MemberPicker';
import { useOrganisation } from '@/features/organisation/api/organisation';
import { useCategories } from '@/features/reports/api/catalogues';
import { stateText } from '@/lib/texts';
import type { LedgerFilter } from '../api/ledger';
import styles from './ledger.module.css';

interface Props {
  filter: LedgerFilter;
  onChange: (filter: LedgerFilter) => void;
}

/** What the ledger is narrowed by; all of it stands in the address. */
export function LedgerFilters({ filter, onChange }: Props) {
  const [text, setText] = useState(filter.q ?? '');
  const categories = useCategories();
  const organisation = useOrganisation();
  const [people, setPeople] = useState<Record<string, string>>({});
  const set = (part: Partial<LedgerFilter>) => onChange({ ...filter, ...part });
  const person = (name: 'lead' | 'follow', title: string) => (
    <span className={styles.person}>
      <MemberPicker
        label={title} placeholder={title} value={filter[name] ? { id: filter[name], name: people[filter[name]] ?? title } : undefined}
        onChange={(member) => {
          if (member) setPeople({ ...people, [member.id]: member.name });
          set({ [name]: member?.id });
        }}
      />
    </span>
  );
  return (
    <div className={styles.bar} role="search">
      <Input.Search data-search allowClear aria-label="查找" placeholder="标题、编号、反映人" value={text} onChange={(event) => setText(event.target.value)} onSearch={(q) => set({ q: q.trim() || undefined })} style={{ width: 200 }} />
      <Select
        allowClear aria-label="状态" placeholder="全部状态" style={{ width: 120 }} value={filter.state} onChange={(state?: string) => set({ state })}
        options={Object.entries(stateText).filter(([code]) => code !== 'draft').map(([value, text]) => ({ value, label: text }))}
      />
      <Select
        allowClear showSearch aria-label="分类" placeholder="全部分类" style={{ width: 130 }} value={filter.category} onChange={(category?: string) => set({ category })}
        options={categories.data?.map((item) => ({ value: item.name, label: item.name }))}
      />
      {person('lead', '牵头副秘书长')}
      <Select
        allowClear showSearch={{ optionFilterProp: 'label' }} aria-label="联系委室" placeholder="联系委室" style={{ width: 130 }} value={filter.office} onChange={(office?: string) => set({ office })}
        options={organisation.data?.units.map((unit) => ({ value: unit.id, label: unit.name }))}
      />
      {person('follow', '跟踪人')}
      <span className={styles.days}>
        <Input type="date" aria-label="收稿日期从" value={filter.from ?? ''} onChange={(event) => set({ from: event.target.value || undefined })} />
        <span aria-hidden="true">至</span>
        <Input type="date" aria-label="收稿日期到" value={filter.to ?? ''} onChange={(event) => set({ to: event.target.value || undefined })} />
      </span>
      <Checkbox checked={Boolean(filter.mine)} onChange={(event) => set({ mine: event.target.checked || undefined })}>我跟进的</Checkbox>
      <Checkbox checked={Boolean(filter.open)} onChange={(event) => set({ open: event.target.checked || undefined })}>未办结</Checkbox>
      <Checkbox checked={Boolean(filter.overdue)} onChange={(event) => set({ overdue: event.target.checked || undefined })}>逾期</Checkbox>
      {Object.values(filter).some(Boolean) && <Button type="link" onClick={() => { setText(''); onChange({}); }}>清除条件</Button>}
    </div>
  );
}
