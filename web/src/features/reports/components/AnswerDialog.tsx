import { App, Input, Modal } from 'antd';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { useMe } from '@/lib/tenant';
import { Field, FormFault, faultsOf } from '@/ui/Field';
import { useAnswerHandover, type Answer, type Handover } from '../api/handovers';
import styles from './dialogs.module.css';

const words: Record<Answer, { title: string; hint: string; done: string }> = {
  accepted: { title: '接手撰写', hint: '接手后您是第一反映人，可以继续撰写并提交。', done: '已接手，请继续撰写' },
  refused: { title: '不接手', hint: '稿件仍由对方撰写，您不再看到它。', done: '已答复不接手' },
  withdrawn: { title: '撤回移交', hint: '稿件仍由您撰写，对方不再看到它。', done: '已撤回' },
};

interface Props {
  handover: Handover;
  answer: Answer;
  onClose: () => void;
}

/** Takes a draft over, does not, or takes the offer back. */
export default function AnswerDialog({ handover, answer, onClose }: Props) {
  const { tenant } = useMe();
  const navigate = useNavigate();
  const { message } = App.useApp();
  const [text, setText] = useState('');
  const send = useAnswerHandover(() => {
    message.success(words[answer].done);
    onClose();
    if (answer === 'refused') navigate(`/t/${tenant.code}`, { replace: true }); // one who does not take it over sees it no longer
    if (answer === 'accepted') navigate(`/t/${tenant.code}/reports/${handover.report_id}`);
  });
  const faults = faultsOf(send.error);
  const submit = () => send.mutate({ id: handover.id, answer, words: text.trim() });
  return (
    <Modal open title={words[answer].title} okText={words[answer].title} okButtonProps={{ loading: send.isPending }} onOk={submit} onCancel={onClose}>
      <p className={styles.hint}>《{handover.title || '未填标题'}》　{words[answer].hint}</p>
      {answer !== 'withdrawn' && (
        <Field label="附言" fault={faults.answer}>
          <Input.TextArea aria-label="附言" value={text} rows={2} maxLength={500} placeholder="可不填" onChange={(event) => setText(event.target.value)} />
        </Field>
      )}
      {!Object.keys(faults).length && <FormFault error={send.error} />}
    </Modal>
  );
}
