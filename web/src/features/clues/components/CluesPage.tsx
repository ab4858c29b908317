import { Button, Input, Segmented, Select } from 'antd';
import { useState } from 'react';
import { useSearchParams } from 'react-router';
import { useCategories } from '@/features/reports/api/catalogues';
import { useListKeys } from '@/features/reports/components/useListKeys';
import { ago } from '@/lib/format';
import { clueText, label, sourceText } from '@/lib/texts';
import { PageHead, Panel } from '@/ui/Page';
import { EmptyState, Loaded } from '@/ui/plain/states';
import { StatusTag } from '@/ui/plain/StatusTag';
import { useClues } from '../api/clues';
import { ClueDetail } from './ClueDetail';
import styles from './clues.module.css';

/** Raw leads: read one, make a report of it, or drop it. */
export default function CluesPage() {
  const [params, setParams] = useSearchParams();
  const [state, setState] = useState('new');
  const [q, setQ] = useState<string>();
  const [category, setCategory] = useState<string>();
  const categories = useCategories();
  const clues = useClues({ state: state === 'all' ? undefined : state, q, category });
  const items = clues.data?.pages.flatMap((page) => page.items) ?? [];
  const open = (id: string) => setParams({ id }, { replace: true });
  const { current, setCurrent } = useListKeys({ ids: items.map((item) => item.id), onOpen: open, onLook: open });
  const shown = params.get('id') ?? '';
  return (
    <>
      <PageHead title="线索" hint="群众留言、走访记录等原始线索，可以转为稿件">
        <Segmented<string>
          value={state}
          onChange={setState}
          options={[{ label: '待处理', value: 'new' }, { label: '已转稿件', value: 'used' }, { label: '已放弃', value: 'dropped' }, { label: '全部', value: 'all' }]}
        />
      </PageHead>
      <div className={styles.layout}>
        <Panel flush>
          <div className={styles.bar} role="search">
            <Input.Search data-search allowClear placeholder="搜索线索" style={{ width: 240 }} onSearch={(text) => setQ(text.trim() || undefined)} />
            <Select allowClear showSearch aria-label="分类" placeholder="全部分类" style={{ width: 150 }} value={category} onChange={setCategory} options={categories.data?.map((one) => ({ value: one.name, label: one.name }))} />
          </div>
          <Loaded query={clues}>
            {() => (items.length === 0
              ? <EmptyState title="没有线索" hint={state === 'new' ? '待处理的线索都已处理完。' : '换个条件再看。'} />
              : items.map((clue) => (
                <button
                  key={clue.id}
                  type="button"
                  data-row={clue.id}
                  className={`${styles.row} ${clue.id === (current ?? shown) ? styles.current : ''}`}
                  onClick={() => { setCurrent(clue.id); open(clue.id); }}
                >
                  <span className={styles.title}>
                    <span>{clue.title}</span>
                    {clue.state !== 'new' && <StatusTag tone={clue.state === 'used' ? 'ok' : 'quiet'}>{label(clueText, clue.state)}</StatusTag>}
                  </span>
                  <small>{clue.body}</small>
                  <small>{[label(sourceText, clue.source_kind), clue.place, ago(clue.received_at)].filter(Boolean).join(' · ')}</small>
                </button>
              )))}
          </Loaded>
          {clues.hasNextPage && (
            <div className={styles.more}><Button loading={clues.isFetchingNextPage} onClick={() => void clues.fetchNextPage()}>加载更多</Button></div>
          )}
        </Panel>
        {shown
          ? <ClueDetail key={shown} id={shown} />
          : <Panel><EmptyState title="请在左侧选择一条线索" hint="J / K 上下移动，Enter 打开。" /></Panel>}
      </div>
    </>
  );
}
