import { Select } from 'antd';
import { useState } from 'react';
import { label, stateText } from '@/lib/texts';
import type { ReportState } from '@/lib/types';
import { useReports } from '../api/lists';
import { fromSentence } from './marks';

interface Props {
  label: string;
  value?: string;
  /** Left out, as the report itself. */
  without: string[];
  /** Only those that stand so. */
  states?: ReportState[];
  status?: '' | 'error';
  onChange: (id: string | undefined) => void;
}

/** One of the unit's reports, found by words, by number, or among the newest. */
export function ReportFinder({ label: name, value, without, states, status, onChange }: Props) {
  const [words, setWords] = useState('');
  const found = useReports('all', { q: words.trim() || undefined });
  const items = (found.data?.pages.flatMap((page) => page.items) ?? []).filter((one) => !without.includes(one.id) && (!states || states.includes(one.state)));
  return (
    <Select
      aria-label={name}
      showSearch={{ filterOption: false, onSearch: setWords }}
      allowClear
      style={{ width: '100%' }}
      placeholder="输入标题、正文中的词或编号查找"
      status={status}
      value={value}
      loading={found.isFetching}
      notFoundContent="没有找到"
      onChange={onChange}
      options={items.map((one) => ({ value: one.id, label: [one.title || '（未填标题）', one.number, fromSentence(one).main, label(stateText, one.state)].filter(Boolean).join('　') }))}
    />
  );
}
