import { App, Input, Modal } from 'antd';
import { useState } from 'react';
import { AttachmentField } from '@/features/attachments/components/AttachmentField';
import type { Attachment, Report } from '@/lib/types';
import { faultsOf, Field, FormFault } from '@/ui/Field';
import { useAskForMore, useRemark, useSupplement, type Exchange } from '../api/exchanges';
import styles from './exchanges.module.css';

/** A remark to the unit a report came from, or a request for more. */
export function DownDialog({ report, kind, onClose }: { report: Report; kind: 'remark' | 'request'; onClose: () => void }) {
  const { message } = App.useApp();
  const [text, setText] = useState('');
  const [due, setDue] = useState('');
  const remark = useRemark();
  const ask = useAskForMore();
  const asks = kind === 'request';
  const error = asks ? ask.error : remark.error;
  const onSuccess = () => {
    void message.success('已发出，来稿单位的编辑会收到通知');
    onClose();
  };
  const submit = () => (asks
    ? ask.mutate({ report: report.id, text: text.trim(), due_on: due }, { onSuccess })
    : remark.mutate({ report: report.id, text: text.trim() }, { onSuccess }));
  return (
    <Modal
      open
      title={asks ? '要求补充材料' : '批注给下级'}
      okText="发出"
      okButtonProps={{ loading: ask.isPending || remark.isPending, disabled: !text.trim() || (asks && !due) }}
      onOk={submit}
      onCancel={onClose}
    >
      <div className={styles.form}>
        <Field label={asks ? '要补充什么' : '批注'} fault={faultsOf(error).text} hint={asks ? undefined : '送到来稿单位的编辑，不影响本稿的办理'}>
          <Input.TextArea value={text} rows={5} maxLength={1000} showCount onChange={(event) => setText(event.target.value)} />
        </Field>
        {asks && (
          <Field label="期限" fault={faultsOf(error).due_on}>
            <Input type="date" value={due} onChange={(event) => setDue(event.target.value)} />
          </Field>
        )}
      </div>
      <FormFault error={error} />
    </Modal>
  );
}

/** The answer to a request from above. */
export function SupplementDialog({ request, onClose }: { request: Exchange; onClose: () => void }) {
  const { message } = App.useApp();
  const [text, setText] = useState('');
  const [files, setFiles] = useState<Attachment[]>([]);
  const [busy, setBusy] = useState(false);
  const supplement = useSupplement();
  const faults = faultsOf(supplement.error);
  const submit = () => supplement.mutate({ request: request.id, text: text.trim(), attachments: files.map((file) => file.id) }, {
    onSuccess: () => {
      void message.success(`已报送${request.name}`);
      onClose();
    },
  });
  return (
    <Modal
      open
      width={640}
      title={`向${request.name}补充材料`}
      okText="报送"
      okButtonProps={{ loading: supplement.isPending, disabled: !text.trim() || busy }}
      onOk={submit}
      onCancel={onClose}
    >
      <div className={styles.form}>
        <p className={styles.text}>对方要求：{request.text}</p>
        <Field label="补充说明" fault={faults.text}>
          <Input.TextArea value={text} rows={6} maxLength={3000} showCount onChange={(event) => setText(event.target.value)} />
        </Field>
        <AttachmentField attachments={files} fault={faults.attachments} onChange={setFiles} onBusy={setBusy} />
      </div>
      <FormFault error={supplement.error} />
    </Modal>
  );
}
