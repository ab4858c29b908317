import { App, Button, Input, Modal } from 'antd';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { useMe } from '@/lib/tenant';
import { faultsOf, Field, Fields, FormFault } from '@/ui/Field';
import { useDraftOfClues } from '../api/clues';
import styles from './clues.module.css';

/** Several clues ticked: make one report of them. */
export function MergeBar({ ticked, onClear }: { ticked: string[]; onClear: () => void }) {
  const { tenant } = useMe();
  const { message } = App.useApp();
  const navigate = useNavigate();
  const [asking, setAsking] = useState(false);
  const [title, setTitle] = useState('');
  const draft = useDraftOfClues();
  const submit = () =>
    draft.mutate({ clues: ticked, title }, {
      onSuccess: (report) => {
        void message.success(`${ticked.length} 条线索已合并为一篇稿件草稿`);
        onClear();
        navigate(`/t/${tenant.code}/reports/${report.id}/edit`);
      },
    });
  if (ticked.length < 2) return null;
  return (
    <div className={styles.merge} role="status">
      已选 {ticked.length} 条
      <Button type="primary" disabled={ticked.length > 20} onClick={() => setAsking(true)}>合并为一篇稿件</Button>
      <Button onClick={onClear}>取消选择</Button>
      {asking && (
        <Modal open title="合并为一篇稿件" okText="合并" okButtonProps={{ loading: draft.isPending }} onOk={submit} onCancel={() => setAsking(false)}>
          <Fields>
            <Field wide label="标题" fault={faultsOf(draft.error).title} hint="不填则用已定的选题或第一条线索的标题"><Input value={title} maxLength={100} onChange={(event) => setTitle(event.target.value)} /></Field>
          </Fields>
          <FormFault error={draft.error} />
        </Modal>
      )}
    </div>
  );
}
