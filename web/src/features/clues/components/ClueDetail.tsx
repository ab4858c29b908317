import { App, Button, Input, Modal } from 'antd';
import { useState } from 'react';
import { Link, useNavigate } from 'react-router';
import { SubjectFiles } from '@/features/attachments/components/SubjectFiles';
import { sentence } from '@/lib/errors';
import { time } from '@/lib/format';
import { useMay, useMe } from '@/lib/tenant';
import { clueText, label, sourceText } from '@/lib/texts';
import type { Clue } from '@/lib/types';
import { Panel } from '@/ui/Page';
import { Loaded } from '@/ui/plain/states';
import { StatusTag } from '@/ui/plain/StatusTag';
import { useClue, useConvertClue, useDropClue } from '../api/clues';
import styles from './clues.module.css';

/** One clue in full, with what may be made of it. */
export function ClueDetail({ id }: { id: string }) {
  const clue = useClue(id);
  return (
    <Panel flush className={styles.detail}>
      <Loaded query={clue}>{(data) => <Content clue={data} />}</Loaded>
    </Panel>
  );
}

function Content({ clue }: { clue: Clue }) {
  const { tenant } = useMe();
  const navigate = useNavigate();
  const { message } = App.useApp();
  const [dropping, setDropping] = useState(false);
  const mayWrite = useMay('clue:write');
  const convert = useConvertClue();
  const root = `/t/${tenant.code}`;
  const make = () =>
    convert.mutate({ id: clue.id }, {
      onSuccess: (report) => {
        message.success('已转为稿件草稿');
        navigate(`${root}/reports/${report.id}/edit`);
      },
      onError: (error) => message.error(sentence(error)),
    });
  const facts = [label(sourceText, clue.source_kind), clue.origin_ref && `编号 ${clue.origin_ref}`, clue.place, time(clue.received_at)];
  return (
    <>
      <div className={styles.head}>
        <h2>{clue.title}</h2>
        <div className={styles.meta}>
          {clue.state !== 'new' && <><StatusTag tone={clue.state === 'used' ? 'ok' : 'quiet'}>{label(clueText, clue.state)}</StatusTag>　</>}
          {facts.filter(Boolean).join(' · ')}
        </div>
      </div>
      <div className={styles.body}>{clue.body}</div>
      <div className={styles.body}><SubjectFiles kind="clue" id={clue.id} mayWrite={mayWrite && clue.state === 'new'} /></div>
      {(clue.report_id || (mayWrite && clue.state === 'new')) && (
        <div className={styles.actions}>
          {clue.report_id && <Link to={`${root}/reports/${clue.report_id}`}><Button>查看稿件</Button></Link>}
          {mayWrite && clue.state === 'new' && (
            <>
              <Button type="primary" loading={convert.isPending} onClick={make}>转为稿件</Button>
              <Button onClick={() => setDropping(true)}>放弃</Button>
            </>
          )}
        </div>
      )}
      {dropping && <DropDialog id={clue.id} onClose={() => setDropping(false)} />}
    </>
  );
}

function DropDialog({ id, onClose }: { id: string; onClose: () => void }) {
  const { message } = App.useApp();
  const [reason, setReason] = useState('');
  const drop = useDropClue();
  const submit = () =>
    drop.mutate({ id, reason: reason.trim() }, {
      onSuccess: () => {
        message.success('已放弃');
        onClose();
      },
    });
  return (
    <Modal open title="放弃线索" okText="确认放弃" okButtonProps={{ disabled: !reason.trim(), loading: drop.isPending }} onOk={submit} onCancel={onClose}>
      <label className={styles.field}>
        理由
        <Input.TextArea value={reason} onChange={(event) => setReason(event.target.value)} rows={3} maxLength={200} showCount placeholder="如：重复反映、不属本地职权" />
      </label>
      {drop.error && <p className={styles.fault} role="alert">{sentence(drop.error)}</p>}
    </Modal>
  );
}
