import { App, Modal } from 'antd';
import { useState } from 'react';
import type { Report } from '@/lib/types';
import { Field, FormFault, faultsOf } from '@/ui/Field';
import { useMergeInto } from '../api/links';
import styles from './dialogs.module.css';
import { ReportFinder } from './ReportFinder';

/** 并入: a duplicate goes into another report and hears what becomes of it. */
export default function MergeIntoDialog({ report, onClose }: { report: Report; onClose: () => void }) {
  const { message } = App.useApp();
  const [into, setInto] = useState<string>();
  const merge = useMergeInto(report.id);
  const faults = faultsOf(merge.error);
  const submit = () =>
    merge.mutate(into!, {
      onSuccess: () => {
        message.success('已并入，作者会收到那一篇的办理结果');
        onClose();
      },
    });
  return (
    <Modal open title="并入另一篇" okText="确认并入" okButtonProps={{ disabled: !into, loading: merge.isPending }} onOk={submit} onCancel={onClose}>
      <p className={styles.hint}>《{report.title}》与所选的一篇反映同一件事，并为一篇办理；本篇不再单独办理，也不重复计数，作者会收到那一篇的结果。</p>
      <Field label="并入到" fault={faults.into}>
        <ReportFinder label="并入到" value={into} without={[report.id]} states={['submitted', 'taken_up', 'editing', 'reviewing', 'signed']} onChange={setInto} />
      </Field>
      {!Object.keys(faults).length && <FormFault error={merge.error} />}
    </Modal>
  );
}
