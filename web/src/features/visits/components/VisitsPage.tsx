import { Button, Input, Segmented, Select } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useSearchParams } from 'react-router';
import { scopeOf, useMay, useMe } from '@/lib/tenant';
import { label, visitKindText } from '@/lib/texts';
import { PageHead, Panel } from '@/ui/Page';
import { EmptyState, Loaded } from '@/ui/plain/states';
import { StatusTag } from '@/ui/plain/StatusTag';
import { usePlans, useRota, useVisits, type Duty, type Plan } from '../api/visits';
import { PlanDetail } from './PlanDetail';
import { VisitDetail } from './VisitDetail';
import styles from './visits.module.css';

const VisitDialog = lazy(() => import('./VisitDialog'));
const PlanDialog = lazy(() => import('./PlanDialog'));

/** Where people go to listen: what was planned and done, and what was heard. */
export default function VisitsPage() {
  const me = useMe();
  const [params, setParams] = useSearchParams();
  const [logging, setLogging] = useState<Duty | 'new'>();
  const [planning, setPlanning] = useState(false);
  const mayWrite = useMay('visit:write');
  const mayPlan = useMay('visit:plan');
  const all = scopeOf(me, 'visit:read') === 'tenant';
  const view = params.get('view') ?? (all ? 'plans' : 'rota');
  const views = [...(all ? [{ value: 'plans', label: '计划与完成' }] : []), { value: 'rota', label: '我的走访安排' }, { value: 'log', label: '走访记录' }];
  const open = (id: string) => setParams({ view, id }, { replace: true });
  const shown = params.get('id') ?? '';
  return (
    <>
      <PageHead title="走访" hint="进高校、进企业、进基层，走访部门；听到的情况一键成为线索">
        <Segmented<string> value={view} onChange={(value) => setParams({ view: value }, { replace: true })} options={views} />
        {mayPlan && view === 'plans' && <Button onClick={() => setPlanning(true)}>新建计划</Button>}
        {mayWrite && <Button type="primary" onClick={() => setLogging('new')}>登记走访</Button>}
      </PageHead>
      <div className={styles.layout}>
        <Panel flush>
          {view === 'plans' && <Plans shown={shown} onOpen={open} />}
          {view === 'rota' && <MyRota onLog={setLogging} />}
          {view === 'log' && <Log shown={shown} onOpen={open} />}
        </Panel>
        {shown && view === 'plans' && <PlanDetail key={shown} id={shown} onLog={setLogging} />}
        {shown && view === 'log' && <VisitDetail key={shown} id={shown} />}
        {!shown && <Panel><EmptyState title={view === 'plans' ? '请选择一个走访计划' : '请选择一次走访'} hint="登记走访后，可以从记录生成线索。" /></Panel>}
      </div>
      <Suspense>
        {logging && <VisitDialog duty={logging === 'new' ? undefined : logging} onClose={(id) => { setLogging(undefined); if (id) setParams({ view: 'log', id }, { replace: true }); }} />}
        {planning && <PlanDialog onClose={(id) => { setPlanning(false); if (id) open(id); }} />}
      </Suspense>
    </>
  );
}

interface ListProps {
  shown: string;
  onOpen: (id: string) => void;
}

function Plans({ shown, onOpen }: ListProps) {
  const plans = usePlans();
  return (
    <Loaded query={plans}>
      {(items) => (items.length === 0
        ? <EmptyState title="还没有走访计划" hint="新建计划，列出要走访的高校、企业、基层和部门。" />
        : items.map((plan) => <PlanRow key={plan.id} plan={plan} current={plan.id === shown} onOpen={onOpen} />))}
    </Loaded>
  );
}

function PlanRow({ plan, current, onOpen }: { plan: Plan; current: boolean; onOpen: (id: string) => void }) {
  const part = plan.planned ? Math.round((plan.done / plan.planned) * 100) : 0;
  return (
    <button type="button" data-row={plan.id} className={`${styles.row} ${current ? styles.current : ''}`} onClick={() => onOpen(plan.id)}>
      <span className={styles.line}><b>{plan.title}</b>{plan.state === 'closed' && <StatusTag>已结束</StatusTag>}{plan.due > plan.done && plan.state === 'open' && <StatusTag tone="warn">欠 {plan.due - plan.done}</StatusTag>}</span>
      <small>{plan.first_month} 至 {plan.last_month} · 目标 {plan.places} 个，走访过 {plan.visited} 个</small>
      <span className={styles.progress} aria-hidden="true"><i style={{ width: `${part}%` }} /></span>
      <small>排班 {plan.planned} 次，完成 {plan.done} 次；到本月应完成 {plan.due} 次</small>
    </button>
  );
}

function MyRota({ onLog }: { onLog: (duty: Duty) => void }) {
  const me = useMe();
  const rota = useRota({});
  return (
    <Loaded query={rota}>
      {(items) => {
        const mine = items.filter((duty) => duty.members.includes(me.membership.id));
        if (!mine.length) return <EmptyState title="没有安排您参加的走访" hint="不在安排里的走访也可以登记。" />;
        return mine.map((duty) => (
          <button key={duty.id} type="button" className={styles.row} onClick={() => onLog(duty)}>
            <span className={styles.line}><b>{duty.month} {duty.target}</b><StatusTag tone={duty.visits ? 'ok' : 'run'}>{duty.visits ? '已走访' : '登记走访'}</StatusTag></span>
            <small>{[duty.team, label(visitKindText, duty.kind), duty.names.join('、')].filter(Boolean).join(' · ')}</small>
          </button>
        ));
      }}
    </Loaded>
  );
}

function Log({ shown, onOpen }: ListProps) {
  const [kind, setKind] = useState<string>();
  const [q, setQ] = useState<string>();
  const visits = useVisits({ kind, q });
  const items = visits.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <>
      <div className={styles.bar} role="search">
        <Input.Search data-search allowClear placeholder="地点、对象或情况" style={{ width: 220 }} onSearch={(text) => setQ(text.trim() || undefined)} />
        <Select allowClear aria-label="类别" placeholder="全部类别" style={{ width: 120 }} value={kind} onChange={setKind} options={Object.entries(visitKindText).map(([value, text]) => ({ value, label: text }))} />
      </div>
      <Loaded query={visits}>
        {() => (items.length === 0
          ? <EmptyState title="没有走访记录" />
          : items.map((visit) => (
            <button key={visit.id} type="button" data-row={visit.id} className={`${styles.row} ${visit.id === shown ? styles.current : ''}`} onClick={() => onOpen(visit.id)}>
              <span className={styles.line}><b>{visit.held_on} {visit.place}</b>{visit.clues > 0 && <StatusTag tone="ok">线索 {visit.clues}</StatusTag>}</span>
              <small>{visit.heard}</small>
              <small>{[label(visitKindText, visit.kind), visit.names.join('、')].join(' · ')}</small>
            </button>
          )))}
      </Loaded>
      {visits.hasNextPage && <div className={styles.more}><Button onClick={() => void visits.fetchNextPage()}>加载更多</Button></div>}
    </>
  );
}
