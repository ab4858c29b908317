import { Button, Input, Select } from 'antd';
import { useState } from 'react';
import { formText, levelText, levels, stateText } from '@/lib/texts';
import type { Box } from '@/lib/types';
import { useCategories } from '../api/catalogues';
import type { ReportFilter } from '../api/lists';
import { periodName, periods } from './periods';
import styles from './list.module.css';

const options = (texts: Record<string, string>, order = Object.keys(texts)) =>
  order.map((value) => ({ value, label: texts[value] ?? '' }));

interface Props {
  box: Box;
  filter: ReportFilter;
  onChange: (filter: ReportFilter) => void;
}

/** Search and narrowing above a list; all of it stands in the address. */
export function ListFilters({ box, filter, onChange }: Props) {
  const [text, setText] = useState(filter.q ?? '');
  const categories = useCategories();
  const wide = box === 'all' || box === 'mine' || box === 'shared' || box === 'signed' || box === 'ready';
  const set = (change: Partial<ReportFilter>) => onChange({ ...filter, ...change });
  const narrowed = Object.entries(filter).some(([name, value]) => name !== 'order' && value);
  return (
    <div className={styles.bar} role="search">
      <Input.Search
        data-search
        allowClear
        placeholder="标题、正文、附件、人员"
        value={text}
        onChange={(event) => setText(event.target.value)}
        onSearch={(q) => set({ q: q.trim() || undefined })}
        style={{ width: 230 }}
      />
      <Select
        allowClear
        showSearch
        aria-label="分类"
        placeholder="全部分类"
        style={{ width: 140 }}
        value={filter.category}
        onChange={(category) => set({ category })}
        options={categories.data?.map((item) => ({ value: item.name, label: item.name }))}
      />
      {(box === 'all' || box === 'mine' || box === 'shared') && (
        <Select allowClear aria-label="状态" placeholder="全部状态" style={{ width: 120 }} value={filter.state} onChange={(state) => set({ state })} options={options(stateText)} />
      )}
      {wide && (
        <>
          <Select allowClear aria-label="采用层级" placeholder="采用层级" style={{ width: 120 }} value={filter.adopted_level} onChange={(adopted_level) => set({ adopted_level })} options={options(levelText, levels)} />
          <Select allowClear aria-label="采用形式" placeholder="采用形式" style={{ width: 120 }} value={filter.adopted_form} onChange={(adopted_form) => set({ adopted_form })} options={options(formText)} />
          <Select
            allowClear
            aria-label="时间"
            placeholder="全部时间"
            style={{ width: 150 }}
            value={periodName(filter.from, filter.to)}
            onChange={(name) => {
              const period = periods(new Date()).find((one) => one.name === name);
              set({ from: period?.from, to: period?.to });
            }}
            options={periods(new Date()).map((one) => ({ value: one.name, label: one.name }))}
          />
        </>
      )}
      <Input type="date" aria-label="跳到日期" title="跳到日期：从这一天往前看" style={{ width: 150 }} value={filter.until ?? ''} onChange={(event) => set({ until: event.target.value || undefined, order: undefined })} />
      {narrowed && <Button type="link" onClick={() => { setText(''); onChange({ order: filter.order }); }}>清除条件</Button>}
    </div>
  );
}
