import { Select } from 'antd';
import { useState } from 'react';
import { useMembers } from '../api/members';

interface Known {
  id: string;
  name: string;
}

interface Props<V> {
  value: V;
  onChange: (value: V) => void;
  /** Those whose names are known already, so that they show before any search. */
  known?: Known[];
  placeholder?: string;
  label?: string;
}

function useChoices(known: Known[] = []) {
  const [q, setQ] = useState<string>();
  const members = useMembers(q);
  const found = (members.data?.pages[0]?.items ?? []).filter((member) => member.state === 'active' && member.class === 'business');
  const options = found.map((member) => ({ value: member.id, label: member.title ? `${member.name}（${member.title}）` : member.name }));
  for (const one of known) if (!options.some((option) => option.value === one.id)) options.push({ value: one.id, label: one.name });
  return { options, loading: members.isFetching, search: (text: string) => setQ(text.trim() || undefined) };
}

/** Chooses one member of the unit by name. */
export function MemberSelect({ value, onChange, known, placeholder = '输入姓名查找', label }: Props<string | undefined>) {
  const { options, loading, search } = useChoices(known);
  return (
    <Select allowClear showSearch aria-label={label} filterOption={false} value={value} placeholder={placeholder} loading={loading} options={options} onSearch={search} onChange={onChange} />
  );
}

/** Chooses several members of the unit by name. */
export function MembersSelect({ value, onChange, known, placeholder = '输入姓名查找', label }: Props<string[]>) {
  const { options, loading, search } = useChoices(known);
  return (
    <Select mode="multiple" aria-label={label} showSearch filterOption={false} value={value} placeholder={placeholder} loading={loading} options={options} onSearch={search} onChange={onChange} />
  );
}
