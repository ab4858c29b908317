import { App, Input, Modal, Radio } from 'antd';
import { useState } from 'react';
import { isApiError, sentence } from '@/lib/errors';
import { Loaded } from '@/ui/plain/states';
import { useReportStep } from '../api/actions';
import { useReasons } from '../api/catalogues';
import styles from './dialogs.module.css';

type Purpose = 'return' | 'keep' | 'decline';

const words: Record<Purpose, { title: string; hint: string; done: string }> = {
  return: { title: '退回', hint: '稿件退回来稿人修改，理由会一并告知。', done: '已退回，对方已收到通知' },
  keep: { title: '留存', hint: '稿件不单独采用，留作参考，理由会告知来稿人。', done: '已留存' },
  decline: { title: '不采用', hint: '稿件办结为不采用，理由会告知来稿人。', done: '已办结为不采用' },
};

interface Props {
  id: string;
  purpose: Purpose;
  onClose: () => void;
  onDone: () => void;
}

/** Return, keep or decline, each with a reason. */
export default function ReasonDialog({ id, purpose, onClose, onDone }: Props) {
  const { message } = App.useApp();
  const [code, setCode] = useState<string>();
  const [text, setText] = useState('');
  const reasons = useReasons(purpose);
  const step = useReportStep();
  const faults = isApiError(step.error) ? step.error.byField : {};
  const submit = () =>
    step.mutate({ id, step: purpose, reason_code: code ?? '', reason: text.trim() }, {
      onSuccess: () => {
        message.success(words[purpose].done);
        onDone();
      },
    });
  return (
    <Modal
      open
      width={640}
      title={words[purpose].title}
      okText={`确认${words[purpose].title}`}
      okButtonProps={{ disabled: !code, loading: step.isPending }}
      onOk={submit}
      onCancel={onClose}
    >
      <p className={styles.hint}>{words[purpose].hint}</p>
      <Loaded query={reasons}>
        {(items) => (
          <Radio.Group value={code} onChange={(event) => setCode(event.target.value)} aria-label="理由">
            <div className={styles.reasons}>
              {items.map((reason) => <Radio key={reason.code} value={reason.code}>{reason.text}</Radio>)}
            </div>
          </Radio.Group>
        )}
      </Loaded>
      <label className={styles.field}>
        补充说明
        <Input.TextArea value={text} onChange={(event) => setText(event.target.value)} rows={3} maxLength={500} showCount placeholder="请写明具体意见，便于对方修改" />
      </label>
      {step.error && <p className={styles.fault} role="alert">{faults.reason ?? faults.reason_code ?? sentence(step.error)}</p>}
    </Modal>
  );
}
