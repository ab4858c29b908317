import { App, Button, Input, Modal } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { Link } from 'react-router';
import { useMay, useMe } from '@/lib/tenant';
import { label, visitKindText } from '@/lib/texts';
import { faultsOf, Field, Fields, FormFault } from '@/ui/Field';
import { Panel } from '@/ui/Page';
import { Loaded } from '@/ui/plain/states';
import { useClueOfVisit, useVisit, type Visit } from '../api/visits';
import styles from './visits.module.css';

const VisitDialog = lazy(() => import('./VisitDialog'));

/** One visit in full, and what came of it. */
export function VisitDetail({ id }: { id: string }) {
  const visit = useVisit(id);
  return <Loaded query={visit}>{(data) => <Content visit={data} />}</Loaded>;
}

function Content({ visit }: { visit: Visit }) {
  const { tenant } = useMe();
  const [dialog, setDialog] = useState<'clue' | 'edit'>();
  const mayWrite = useMay('visit:write');
  return (
    <Panel title={`${visit.place}（${label(visitKindText, visit.kind)}）`}>
      <p className={styles.meta}>{visit.held_on} · 同行 {visit.names.join('、')}{visit.people && ` · 见到 ${visit.people}`}</p>
      <p className={styles.heard}>{visit.heard}</p>
      <p>形成线索 <Link to={`/t/${tenant.code}/clues?visit=${visit.id}`}><b>{visit.clues}</b> 条</Link>，信息 {visit.reports} 篇</p>
      {mayWrite && (
        <div className={styles.actions}>
          <Button type="primary" onClick={() => setDialog('clue')}>生成线索</Button>
          <Button onClick={() => setDialog('edit')}>修改</Button>
        </div>
      )}
      <Suspense>
        {dialog === 'clue' && <ClueDialog visit={visit} onClose={() => setDialog(undefined)} />}
        {dialog === 'edit' && <VisitDialog visit={visit} onClose={() => setDialog(undefined)} />}
      </Suspense>
    </Panel>
  );
}

function ClueDialog({ visit, onClose }: { visit: Visit; onClose: () => void }) {
  const { message } = App.useApp();
  const [form, setForm] = useState({ title: `走访${visit.place}了解的情况`, body: visit.heard });
  const make = useClueOfVisit();
  const faults = faultsOf(make.error);
  const submit = () => make.mutate({ id: visit.id, ...form }, { onSuccess: () => { void message.success('已生成线索'); onClose(); } });
  return (
    <Modal open width={640} title="生成线索" okText="生成" okButtonProps={{ loading: make.isPending }} onOk={submit} onCancel={onClose}>
      <Fields>
        <Field wide label="标题" fault={faults.title}><Input value={form.title} maxLength={100} onChange={(event) => setForm({ ...form, title: event.target.value })} /></Field>
        <Field wide label="内容" fault={faults.body} hint="一次走访可以分别生成几条线索"><Input.TextArea rows={8} value={form.body} maxLength={10_000} onChange={(event) => setForm({ ...form, body: event.target.value })} /></Field>
      </Fields>
      <FormFault error={make.error} />
    </Modal>
  );
}
