import { Button, Input, Segmented } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useSearchParams } from 'react-router';
import { useMay } from '@/lib/tenant';
import { label, sourceText } from '@/lib/texts';
import { PageHead, Panel } from '@/ui/Page';
import { EmptyState } from '@/ui/plain/states';
import { useClueCounts } from '../api/clues';
import { ClueDetail } from './ClueDetail';
import { ClueList } from './ClueList';
import { materialKinds } from './kinds';
import { MergeBar } from './MergeBar';
import styles from './clues.module.css';

const EntryDialog = lazy(() => import('./EntryDialog'));

/** Speeches, proposals, surveys, consultations: material by kind, made into reports; what is not used yet stays in reserve. */
export default function MaterialsPage() {
  const [params, setParams] = useSearchParams();
  const [what, setWhat] = useState('material');
  const [kind, setKind] = useState<string>();
  const [q, setQ] = useState<string>();
  const [ticked, setTicked] = useState<string[]>([]);
  const [entering, setEntering] = useState<string>();
  const mayWrite = useMay('clue:write');
  const shown = params.get('id') ?? '';
  const open = (id: string) => setParams({ id }, { replace: true });
  const filter = { q, source_kind: kind, ...(what === 'reserve' ? { state: 'reserved' } : { stage: 'material' }) };
  return (
    <>
      <PageHead title="素材与储备" hint="会议发言、提案、调研视察、协商结果等，一键转为稿件；没有用上的留在储备里">
        <Segmented<string> value={what} onChange={setWhat} options={[{ label: '素材', value: 'material' }, { label: '储备', value: 'reserve' }]} />
        {mayWrite && <Button type="primary" onClick={() => setEntering(kind ?? materialKinds[0])}>登记素材</Button>}
      </PageHead>
      <Kinds chosen={kind} onChoose={setKind} />
      <div className={styles.layout}>
        <Panel flush>
          <div className={styles.bar} role="search">
            <Input.Search data-search allowClear placeholder="搜索素材" style={{ width: 240 }} onSearch={(text) => setQ(text.trim() || undefined)} />
          </div>
          <MergeBar ticked={ticked} onClear={() => setTicked([])} />
          <ClueList filter={filter} shown={shown} onOpen={open} ticked={ticked} onTick={mayWrite ? setTicked : undefined} empty={what === 'reserve' ? '储备里还没有材料。' : '登记会议发言、提案、调研报告等，随时转为稿件。'} />
        </Panel>
        {shown
          ? <ClueDetail key={shown} id={shown} />
          : <Panel><EmptyState title="请选择一份素材" hint="J / K 上下移动，Enter 打开。" /></Panel>}
      </div>
      <Suspense>
        {entering && <EntryDialog start={{ stage: 'material', source_kind: entering }} kinds={materialKinds} onClose={(id) => { setEntering(undefined); if (id) open(id); }} />}
      </Suspense>
    </>
  );
}

/** How much there is of each kind, and what became of it; choosing one shows it alone. */
function Kinds({ chosen, onChoose }: { chosen?: string; onChoose: (kind?: string) => void }) {
  const counts = useClueCounts();
  const of = (kind: string) => counts.data?.find((one) => one.source_kind === kind);
  return (
    <div className={styles.kinds} role="group" aria-label="按种类">
      {materialKinds.map((kind) => (
        <button key={kind} type="button" aria-pressed={chosen === kind} onClick={() => onChoose(chosen === kind ? undefined : kind)}>
          <span>{label(sourceText, kind)}</span>
          <b>{of(kind)?.all ?? 0}</b>
          <small>成稿 {of(kind)?.reports ?? 0} · 储备 {of(kind)?.reserved ?? 0}</small>
        </button>
      ))}
    </div>
  );
}
