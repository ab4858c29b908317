import { App, Input, Modal, Radio } from 'antd';
import { useState } from 'react';
import type { Report } from '@/lib/types';
import { Field, FormFault, faultsOf } from '@/ui/Field';
import { linkChoices, useLink, type NewLink } from '../api/links';
import styles from './dialogs.module.css';
import { ReportFinder } from './ReportFinder';

/** Says that another report belongs together with this one. */
export default function LinkDialog({ report, onClose }: { report: Report; onClose: () => void }) {
  const { message } = App.useApp();
  const [other, setOther] = useState<string>();
  const [kind, setKind] = useState<NewLink['kind']>('related');
  const [note, setNote] = useState('');
  const link = useLink(report.id);
  const faults = faultsOf(link.error);
  const submit = () =>
    link.mutate({ other: other!, kind, note: note.trim() }, {
      onSuccess: () => {
        message.success('已关联');
        onClose();
      },
    });
  return (
    <Modal open title="添加关联" okText="关联" okButtonProps={{ disabled: !other, loading: link.isPending }} onOk={submit} onCancel={onClose}>
      <div className={styles.stack}>
        <Field label="关联的稿件" fault={faults.other}><ReportFinder label="关联的稿件" value={other} without={[report.id]} onChange={setOther} /></Field>
        <Radio.Group aria-label="关联种类" value={kind} onChange={(event) => setKind(event.target.value)} style={{ display: 'grid', gap: 6 }}>
          {Object.entries(linkChoices).map(([value, text]) => <Radio key={value} value={value}>{text}</Radio>)}
        </Radio.Group>
        <Field label="说明" fault={faults.note}><Input aria-label="说明" value={note} maxLength={200} placeholder="可不填" onChange={(event) => setNote(event.target.value)} /></Field>
        {!Object.keys(faults).length && <FormFault error={link.error} />}
      </div>
    </Modal>
  );
}
