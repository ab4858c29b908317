import { App, Input, Modal, Radio } from 'antd';
import { useState } from 'react';
import type { Opinion, SheetKind } from '../api/consultations';
import { useAskMore, useStartConsultation } from '../api/consultations';
import { faultsOf, Field, FormFault } from '@/ui/Field';
import { kindText } from '../api/words';
import { ParticipantsField, participantOf, type Chosen } from './ParticipantsField';
import styles from './consultations.module.css';

const kinds: Record<SheetKind, Opinion['kind'][]> = { joint: ['unit', 'expert', 'member', 'department'], expert: ['expert'], workshop: ['member', 'expert', 'unit'] };
const hints: Record<SheetKind, string> = {
  joint: '请几个专委会、部门和专家同时把关，意见汇总在一张单上。',
  expert: '就这篇信息向一位专家征求意见。',
  workshop: '请骨干信息员一起研讨，记录意见，形成修改稿。受邀的人在办结前可以阅读正文。',
};

/** Starts a joint review, an expert's opinion or a workshop. */
export function StartDialog({ report, category, onClose }: { report: string; category?: string; onClose: () => void }) {
  const { message } = App.useApp();
  const [kind, setKind] = useState<SheetKind>('joint');
  const [people, setPeople] = useState<Chosen[]>([]);
  const [question, setQuestion] = useState('');
  const [due, setDue] = useState('');
  const [meets, setMeets] = useState('');
  const [place, setPlace] = useState('');
  const start = useStartConsultation();
  const faults = faultsOf(start.error);
  const submit = () =>
    start.mutate({
      report, kind, question: question.trim(), due_on: due || undefined, participants: people.map(participantOf),
      ...(kind === 'workshop' ? { meets_at: meets ? new Date(`${meets}:00+08:00`).toISOString() : undefined, place: place.trim() || undefined } : {}),
    }, {
      onSuccess: () => {
        void message.success('已发起，受邀的人已收到通知');
        onClose();
      },
    });
  return (
    <Modal open width={680} title="发起会商" okText="发起" okButtonProps={{ loading: start.isPending, disabled: !people.length || !question.trim() }} onOk={submit} onCancel={onClose}>
      <div className={styles.form}>
        <fieldset className={styles.group}>
          <legend>形式</legend>
          <Radio.Group
            aria-label="形式"
            value={kind}
            onChange={(event) => { setKind(event.target.value); setPeople([]); }}
            options={(Object.keys(kindText) as SheetKind[]).map((value) => ({ value, label: kindText[value] }))}
          />
          <span className={styles.hint}>{hints[kind]}</span>
        </fieldset>
        <ParticipantsField key={kind} value={people} kinds={kinds[kind]} field={category} fault={faults.participants} onChange={setPeople} />
        <Field label="征求意见的内容" fault={faults.question}>
          <Input.TextArea value={question} rows={3} maxLength={500} showCount onChange={(event) => setQuestion(event.target.value)} />
        </Field>
        {kind === 'workshop' && (
          <>
            <Field label="会议时间" fault={faults.meets_at}><Input type="datetime-local" value={meets} style={{ maxWidth: 240 }} onChange={(event) => setMeets(event.target.value)} /></Field>
            <Field label="会议地点" fault={faults.place}><Input value={place} maxLength={60} onChange={(event) => setPlace(event.target.value)} /></Field>
          </>
        )}
        <Field label="答复期限" fault={faults.due_on} hint="不填为五个工作日">
          <Input type="date" value={due} style={{ maxWidth: 200 }} onChange={(event) => setDue(event.target.value)} />
        </Field>
      </div>
      <FormFault error={start.error} />
    </Modal>
  );
}

/** Asks more people on a sheet, or somebody once more. */
export function AskMoreDialog({ sheet, category, onClose }: { sheet: { id: string; kind: SheetKind }; category?: string; onClose: () => void }) {
  const { message } = App.useApp();
  const [people, setPeople] = useState<Chosen[]>([]);
  const ask = useAskMore();
  const submit = () =>
    ask.mutate({ sheet: sheet.id, participants: people.map(participantOf) }, {
      onSuccess: () => {
        void message.success('已增加');
        onClose();
      },
    });
  return (
    <Modal open width={640} title="增加征求意见的对象" okText="增加" okButtonProps={{ loading: ask.isPending, disabled: !people.length }} onOk={submit} onCancel={onClose}>
      <div className={styles.form}>
        <ParticipantsField value={people} kinds={kinds[sheet.kind]} field={category} fault={faultsOf(ask.error).participants} onChange={setPeople} />
      </div>
      <FormFault error={ask.error} />
    </Modal>
  );
}
