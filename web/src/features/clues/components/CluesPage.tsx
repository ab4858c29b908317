import { Button, Input, Segmented, Select } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useSearchParams } from 'react-router';
import { useCategories } from '@/features/reports/api/catalogues';
import { scopeOf, useMay, useMe } from '@/lib/tenant';
import { PageHead, Panel } from '@/ui/Page';
import { EmptyState } from '@/ui/plain/states';
import { ClueDetail } from './ClueDetail';
import { ClueList } from './ClueList';
import { allKinds, kindOptions } from './kinds';
import { MergeBar } from './MergeBar';
import styles from './clues.module.css';

const EntryDialog = lazy(() => import('./EntryDialog'));

const states = [{ label: '待处理', value: 'new' }, { label: '储备', value: 'reserved' }, { label: '已转稿件', value: 'used' }, { label: '已放弃', value: 'dropped' }, { label: '全部', value: 'all' }];
const mine = [{ label: '我领取的', value: 'claimed' }, { label: '由我撰写', value: 'writing' }, { label: '我登记的', value: 'entered' }];

/** The pool of clues: claim one, talk it over, decide, make a report of one or several, keep or drop it. */
export default function CluesPage() {
  const me = useMe();
  const [params, setParams] = useSearchParams();
  const [state, setState] = useState('new');
  const [q, setQ] = useState<string>();
  const [category, setCategory] = useState<string>();
  const [kind, setKind] = useState<string>();
  const [whose, setWhose] = useState<string>();
  const [ticked, setTicked] = useState<string[]>([]);
  const [entering, setEntering] = useState(false);
  const categories = useCategories();
  const mayWrite = useMay('clue:write');
  const all = scopeOf(me, 'clue:read') === 'tenant';
  const shown = params.get('id') ?? '';
  const open = (id: string) => setParams({ ...Object.fromEntries(params), id }, { replace: true });
  const places = { activity: params.get('activity') ?? undefined, point: params.get('point') ?? undefined, visit: params.get('visit') ?? undefined };
  const placed = Object.values(places).some(Boolean);
  const filter = { state: state === 'all' || placed ? undefined : state, q, category, source_kind: kind, mine: whose, ...places };
  return (
    <>
      <PageHead title="线索" hint={all ? '领取、讨论、定题，一条或几条转为稿件；暂时不用的存入储备' : '自己登记的、由自己撰写的线索'}>
        {!placed && <Segmented<string> value={state} onChange={(value) => { setState(value); setTicked([]); }} options={states} />}
        {mayWrite && <Button type="primary" onClick={() => setEntering(true)}>登记线索</Button>}
      </PageHead>
      <div className={styles.layout}>
        <Panel flush>
          <div className={styles.bar} role="search">
            <Input.Search data-search allowClear placeholder="搜索线索" style={{ width: 200 }} onSearch={(text) => setQ(text.trim() || undefined)} />
            <Select allowClear aria-label="种类" placeholder="全部种类" style={{ width: 130 }} value={kind} onChange={setKind} options={kindOptions([...allKinds, 'citizen_message'])} />
            <Select allowClear showSearch aria-label="分类" placeholder="全部分类" style={{ width: 130 }} value={category} onChange={setCategory} options={categories.data?.map((one) => ({ value: one.name, label: one.name }))} />
            <Select allowClear aria-label="与我有关" placeholder="全部线索" style={{ width: 120 }} value={whose} onChange={setWhose} options={mine} />
            {placed && <Button onClick={() => setParams({}, { replace: true })}>查看全部线索</Button>}
          </div>
          <MergeBar ticked={ticked} onClear={() => setTicked([])} />
          <ClueList filter={filter} shown={shown} onOpen={open} ticked={ticked} onTick={mayWrite ? setTicked : undefined} empty={state === 'new' ? '待处理的线索都已处理完。' : '换个条件再看。'} />
        </Panel>
        {shown
          ? <ClueDetail key={shown} id={shown} />
          : <Panel><EmptyState title="请选择一条线索" hint="J / K 上下移动，Enter 打开。" /></Panel>}
      </div>
      <Suspense>
        {entering && <EntryDialog start={{}} onClose={(id) => { setEntering(false); if (id) open(id); }} />}
      </Suspense>
    </>
  );
}
