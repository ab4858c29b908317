import { App, Modal, Radio } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { useMe } from '@/lib/tenant';
import type { Report } from '@/lib/types';
import { FormFault } from '@/ui/Field';
import { EmptyState, Loaded } from '@/ui/plain/states';
import { useAddReport, useCreateIssue, useIssues } from '../api/issues';
import { useJournals } from '../api/journals';
import { numberText } from '../words';
import styles from './issues.module.css';

/** 编入期: one report into an issue that is being arranged, or into a new one. */
export default function ArrangeDialog({ report, onClose }: { report: Report; onClose: () => void }) {
  const { tenant } = useMe();
  const { message } = App.useApp();
  const journals = useJournals();
  const drafts = useIssues({ state: 'draft' });
  const add = useAddReport();
  const create = useCreateIssue();
  const [to, setTo] = useState<string>();
  const fits = (kind: string) => (kind === 'express' ? report.can.includes('express') : report.can.includes('arrange'));
  const open = (drafts.data?.pages.flatMap((page) => page.items) ?? []).filter((one) => fits(one.kind) && one.can.includes('edit'));
  const fresh = (journals.data?.items ?? []).filter((one) => one.active && fits(one.kind));
  const told = {
    onSuccess: (made: { id: string; journal: string }) => {
      message.success(<>已编入《{made.journal}》，<Link to={`/t/${tenant.code}/issues/${made.id}`}>去编排</Link></>);
      onClose();
    },
  };
  const submit = () => {
    const [what, id] = (to ?? '').split(' ');
    if (what === 'add' && id) add.mutate({ id, report_id: report.id }, told);
    if (what === 'new' && id) create.mutate({ journal_id: id, reports: [report.id] }, told);
  };
  return (
    <Modal open title="编入期" okText="编入" okButtonProps={{ disabled: !to, loading: add.isPending || create.isPending }} onOk={submit} onCancel={onClose}>
      <Loaded query={journals}>
        {() => (fresh.length === 0
          ? <EmptyState title="没有可以编入的刊物" hint="请先在“设置—刊物与模板”里设立刊物。" />
          : (
            <Radio.Group value={to} onChange={(event) => setTo(event.target.value)} aria-label="编入哪一期">
              <div className={styles.form}>
                {open.map((one) => <Radio key={one.id} value={`add ${one.id}`}>《{one.journal}》{numberText(one)}，已有 {one.reports} 篇{one.title && `：${one.title}`}</Radio>)}
                {fresh.map((one) => <Radio key={one.id} value={`new ${one.id}`}>新编一期《{one.name}》（拟第 {one.next} 期）</Radio>)}
              </div>
            </Radio.Group>
          ))}
      </Loaded>
      <FormFault error={add.error ?? create.error} />
    </Modal>
  );
}
