import { App, Button, Input } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { MembersSelect } from '@/features/members/components/MemberSelect';
import { useMay } from '@/lib/tenant';
import { label, visitKindText } from '@/lib/texts';
import { FormFault } from '@/ui/Field';
import { Panel } from '@/ui/Page';
import { Loaded } from '@/ui/plain/states';
import { StatusTag } from '@/ui/plain/StatusTag';
import { usePlan, useRota, useSetRota, type Duty, type NewDuty, type Plan } from '../api/visits';
import styles from './visits.module.css';

const PlanDialog = lazy(() => import('./PlanDialog'));

/** A plan with its rota, month by month. */
export function PlanDetail({ id, onLog }: { id: string; onLog: (duty: Duty) => void }) {
  const plan = usePlan(id);
  return <Loaded query={plan}>{(data) => <Content plan={data} onLog={onLog} />}</Loaded>;
}

const within = (month: string, plan: Plan) => (month < plan.first_month ? plan.first_month : month > plan.last_month ? plan.last_month : month);

function Content({ plan, onLog }: { plan: Plan; onLog: (duty: Duty) => void }) {
  const [month, setMonth] = useState(within(new Date().toISOString().slice(0, 7), plan));
  const [editing, setEditing] = useState(false);
  const mayPlan = useMay('visit:plan');
  const rota = useRota({ plan: plan.id, month });
  return (
    <Panel title={plan.title} extra={mayPlan && <Button size="small" onClick={() => setEditing(true)}>修改计划</Button>}>
      {plan.note && <p className={styles.meta}>{plan.note}</p>}
      <label>月份 <Input type="month" style={{ width: 160 }} min={plan.first_month} max={plan.last_month} value={month} onChange={(event) => event.target.value && setMonth(event.target.value)} /></label>
      <Loaded query={rota}>
        {(duties) => <Rota key={`${month}-${duties.length}`} plan={plan} month={month} duties={duties} open={mayPlan && plan.state === 'open'} onLog={onLog} />}
      </Loaded>
      <Suspense>{editing && <PlanDialog plan={plan} onClose={() => setEditing(false)} />}</Suspense>
    </Panel>
  );
}

interface RotaProps {
  plan: Plan;
  month: string;
  duties: Duty[];
  open: boolean;
  onLog: (duty: Duty) => void;
}

/** Who goes where in that month: a line a target; without anybody the target is not visited then. */
function Rota({ plan, month, duties, open, onLog }: RotaProps) {
  const { message } = App.useApp();
  const set = useSetRota();
  const of = (target: string) => duties.find((duty) => duty.target_id === target);
  const [form, setForm] = useState<Record<string, { members: string[]; team: string }>>(
    Object.fromEntries((plan.targets ?? []).map((target) => [target.id!, { members: of(target.id!)?.members ?? [], team: of(target.id!)?.team ?? '' }])),
  );
  const change = (id: string, part: Partial<{ members: string[]; team: string }>) => setForm({ ...form, [id]: { ...form[id]!, ...part } });
  const submit = () => {
    const lines: NewDuty[] = Object.entries(form).filter(([, line]) => line.members.length > 0).map(([target_id, line]) => ({ target_id, ...line }));
    set.mutate({ plan: plan.id, month, duties: lines }, { onSuccess: () => void message.success(`${month} 的走访已安排，已通知有关成员`) });
  };
  return (
    <>
      {(plan.targets ?? []).map((target) => {
        const duty = of(target.id!);
        const known = duty ? duty.members.map((id, index) => ({ id, name: duty.names[index] ?? '' })) : [];
        return (
          <div key={target.id} className={styles.duty}>
            <span>{target.name} <small>{label(visitKindText, target.kind)}</small> {duty && <StatusTag tone={duty.visits ? 'ok' : 'run'}>{duty.visits ? '已走访' : '待走访'}</StatusTag>}</span>
            {open
              ? <MembersSelect label={`${target.name}的走访成员`} value={form[target.id!]?.members ?? []} known={known} placeholder="谁去" onChange={(members) => change(target.id!, { members })} />
              : <span>{duty?.names.join('、') ?? '未安排'}</span>}
            {open
              ? <Input aria-label={`${target.name}的组名`} placeholder="组名" maxLength={60} value={form[target.id!]?.team} onChange={(event) => change(target.id!, { team: event.target.value })} />
              : <span>{duty?.team}</span>}
            {duty && !duty.visits && <Button size="small" onClick={() => onLog(duty)}>登记走访</Button>}
          </div>
        );
      })}
      {open && <div className={styles.actions}><Button type="primary" loading={set.isPending} onClick={submit}>保存本月安排</Button></div>}
      <FormFault error={set.error} />
    </>
  );
}
