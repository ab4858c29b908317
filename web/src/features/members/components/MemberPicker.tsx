import { Select } from 'antd';
import { useState } from 'react';
import { useMembers, type Member } from '../api/members';

interface Props {
  id?: string;
  label: string;
  placeholder?: string;
  /** Who is chosen, with the name to show before the list is there. */
  value?: { id: string; name: string };
  /** Left out of the list. */
  without?: string[];
  status?: '' | 'error';
  onChange: (member: Member | undefined) => void;
}

/** One of the unit's people, found by name or post. */
export function MemberPicker({ id, label, placeholder = '输入姓名查找', value, without = [], status, onChange }: Props) {
  const [words, setWords] = useState('');
  const members = useMembers(words || undefined);
  const found = members.data?.pages.flatMap((page) => page.items).filter((one) => one.class === 'business' && one.state === 'active' && !without.includes(one.id)) ?? [];
  const options: { value: string; label: string; member?: Member }[] = found.map((one) => ({ value: one.id, label: [one.name, one.title].filter(Boolean).join('　'), member: one }));
  if (value && !options.some((one) => one.value === value.id)) options.unshift({ value: value.id, label: value.name });
  return (
    <Select
      id={id}
      aria-label={label}
      showSearch={{ filterOption: false, onSearch: setWords }}
      allowClear
      style={{ width: '100%' }}
      placeholder={placeholder}
      status={status}
      value={value?.id}
      loading={members.isFetching}
      notFoundContent="没有找到这位成员"
      // What was clicked, though another list may have arrived meanwhile.
      onChange={(_, chosen) => onChange(chosen && 'member' in chosen ? chosen.member : undefined)}
      options={options}
    />
  );
}
