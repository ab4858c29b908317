import { App, Modal, Select } from 'antd';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { useMay, useMe } from '@/lib/tenant';
import { Field, FormFault } from '@/ui/Field';
import { EmptyState, Loaded } from '@/ui/plain/states';
import { useCreateIssue } from '../api/issues';
import { useJournals } from '../api/journals';
import { journalKindText } from '../words';
import { ReportPicker } from './ReportPicker';
import styles from './issues.module.css';

/** A new issue: of which journal, and with which reports. */
export default function NewIssueDialog({ onClose }: { onClose: () => void }) {
  const { tenant } = useMe();
  const navigate = useNavigate();
  const { message } = App.useApp();
  const journals = useJournals();
  const mayExpress = useMay('issue:express');
  const open = (journals.data?.items ?? []).filter((one) => one.active && (one.kind !== 'express' || mayExpress));
  const [chosen, setChosen] = useState<string>();
  const [picked, setPicked] = useState<string[]>([]);
  const journal = open.find((one) => one.id === chosen) ?? open[0];
  const create = useCreateIssue();
  const submit = () =>
    journal && create.mutate({ journal_id: journal.id, reports: picked }, {
      onSuccess: (made) => {
        message.success(`已起编《${made.journal}》，期号在编发时取得`);
        navigate(`/t/${tenant.code}/issues/${made.id}`);
      },
    });
  return (
    <Modal open width={680} title="新编一期" okText="开始编排" okButtonProps={{ disabled: !journal, loading: create.isPending }} onOk={submit} onCancel={onClose}>
      <Loaded query={journals}>
        {() => (!journal
          ? <EmptyState title="还没有刊物" hint="请先在“设置—刊物与模板”里设立刊物。" />
          : (
            <div className={styles.form}>
              <Field label="刊物" hint={`${journalKindText[journal.kind]}，下一期拟为第 ${journal.next} 期`}>
                <Select value={journal.id} onChange={(id) => { setChosen(id); setPicked([]); }} options={open.map((one) => ({ value: one.id, label: one.name }))} />
              </Field>
              <div>选稿（{picked.length} 篇）{journal.kind === 'express' && <span className={styles.hint}>：直通车可以从在办稿件直接编发</span>}</div>
              <ReportPicker express={journal.kind === 'express'} picked={picked} onPick={setPicked} />
            </div>
          ))}
      </Loaded>
      <FormFault error={create.error} />
    </Modal>
  );
}
