import { App, Checkbox, Input, Modal } from 'antd';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { MemberPicker } from '@/features/members/components/MemberPicker';
import { useMe } from '@/lib/tenant';
import type { Report } from '@/lib/types';
import { Field, FormFault, faultsOf } from '@/ui/Field';
import { useHandOver } from '../api/handovers';
import styles from './dialogs.module.css';

/** 接力撰写: another person goes on writing; he is asked, a further author may be given it at once. */
export default function HandOverDialog({ report, onClose }: { report: Report; onClose: () => void }) {
  const { tenant, membership } = useMe();
  const navigate = useNavigate();
  const { message } = App.useApp();
  const [to, setTo] = useState<{ id: string; name: string }>();
  const [note, setNote] = useState('');
  const [keepName, setKeepName] = useState(true);
  const [direct, setDirect] = useState(false);
  const handOver = useHandOver(report.id, (list) => {
    message.success(known && direct ? `已移交给${to!.name}` : `已请${to!.name}接手，等待答复`);
    onClose();
    if (!list.length) navigate(`/t/${tenant.code}`, { replace: true }); // it is another's now
  });
  const faults = faultsOf(handOver.error);
  const mates = [report.author?.recorder_id, ...(report.co_authors ?? []).map((one) => one.membership_id)];
  const known = Boolean(to && mates.includes(to.id));
  const { author } = report;
  const named = Boolean(author?.membership_id);
  const submit = () => handOver.mutate({ to: to!.id, note: note.trim(), keep_name: named && keepName, direct: known && direct });
  return (
    <Modal open title="移交撰写" okText={known && direct ? '直接移交' : '请对方接手'} okButtonProps={{ disabled: !to, loading: handOver.isPending }} onOk={submit} onCancel={onClose}>
      <p className={styles.hint}>对方同意后成为第一反映人，由他继续撰写和提交；此前写的内容和谁写的都会保留。</p>
      <div className={styles.stack}>
        <Field label="移交给" fault={faults.to}>
          <MemberPicker label="移交给" value={to} without={[report.author?.membership_id ?? '']} onChange={(member) => setTo(member && { id: member.id, name: member.name })} />
        </Field>
        <Field label="说明" fault={faults.note}>
          <Input.TextArea aria-label="说明" value={note} rows={2} maxLength={500} placeholder="还要补什么、找谁核实（可不填）" onChange={(event) => setNote(event.target.value)} />
        </Field>
        {named && <Checkbox checked={keepName} onChange={(event) => setKeepName(event.target.checked)}>{author?.membership_id === membership.id ? '我' : author?.name}仍列为合作作者</Checkbox>}
        {known && <Checkbox checked={direct} onChange={(event) => setDirect(event.target.checked)}>直接移交，不等对方答复（只对合作作者）</Checkbox>}
        {faults.direct && <span className={styles.fault} role="alert">{faults.direct}</span>}
        {!Object.keys(faults).length && <FormFault error={handOver.error} />}
      </div>
    </Modal>
  );
}
