import { CheckOutlined } from '@ant-design/icons';
import { App, Checkbox, Input, Modal, Select } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { terms, tooLong, useUpperRequirements, type UpperRequirements } from '@/features/requirements/api/requirements';
import { characters } from '@/lib/diff';
import { sentence } from '@/lib/errors';
import { kindText, label, levelText, urgencyText } from '@/lib/texts';
import type { ForwardingTarget, Report, Urgency } from '@/lib/types';
import { EmptyState, Loaded } from '@/ui/plain/states';
import { useForward, useForwardingTargets } from '../api/forwardings';
import styles from './forwardings.module.css';

const Checklist = lazy(() => import('@/features/quality/components/Checklist'));

interface CardProps {
  target: ForwardingTarget;
  on: boolean;
  onToggle: () => void;
  /** What the unit asks; left out where it has published nothing. */
  asked?: UpperRequirements;
  size: number;
}

/** What a unit asks of what is sent to it. */
function Demands({ asked, size }: { asked: UpperRequirements; size: number }) {
  const over = tooLong(size, asked.most_chars);
  return (
    <span className={styles.asked}>
      <span>报送要求：{terms(asked)}</span>
      {asked.topics.length > 0 && <span>希望反映：{asked.topics.join('、')}</span>}
      {asked.text && <span className={styles.words} title={asked.text}>{asked.text}</span>}
      {over > 0 && <span className={styles.fault} role="status">本稿 {size} 字，超出 {over} 字</span>}
    </span>
  );
}

function TargetCard({ target, on, onToggle, asked, size }: CardProps) {
  return (
    <button type="button" className={styles.target} aria-pressed={on} disabled={target.already_sent} onClick={onToggle}>
      <b>{target.name}</b>
      <small>{label(levelText, target.level, '')}{label(kindText, target.kind, '')}{target.already_sent && ' · 本稿已报送'}</small>
      <span className={styles.figures}>
        <span>本年已报 <i>{target.sent_this_year}</i></span>
        <span>采用 <i>{target.adopted_this_year}</i></span>
      </span>
      {asked && !target.already_sent && <Demands asked={asked} size={size} />}
      {!target.already_sent && <span className={styles.tick}>{on && <CheckOutlined />}</span>}
    </button>
  );
}

/** Sends a signed report along one or several lines with one action. */
export default function ForwardDialog({ report, onClose }: { report: Report; onClose: () => void }) {
  const { message } = App.useApp();
  const targets = useForwardingTargets(report.id);
  const [to, setTo] = useState<string[]>([]);
  const [cover, setCover] = useState('');
  const [enclose, setEnclose] = useState(true);
  const [hide, setHide] = useState(false);
  const [urgency, setUrgency] = useState<Urgency>(report.urgency);
  const [replyBy, setReplyBy] = useState('');
  const asked = useUpperRequirements();
  const size = characters(report.problem + report.cause + report.advice);
  const forward = useForward();
  const submit = () =>
    forward.mutate({ report: report.id, to, cover: cover.trim(), enclose_original: enclose, hide_author: hide, urgency, reply_by: replyBy || undefined }, {
      onSuccess: () => {
        message.success(`已向 ${to.length} 个单位报送`);
        onClose();
      },
    });
  const toggle = (code: string) => setTo(to.includes(code) ? to.filter((one) => one !== code) : [...to, code]);
  return (
    <Modal
      open
      width={680}
      title="报送上级"
      okText={to.length > 1 ? `报送 ${to.length} 个单位` : '报送'}
      okButtonProps={{ disabled: !to.length, loading: forward.isPending }}
      onOk={submit}
      onCancel={onClose}
    >
      <Loaded query={targets}>
        {(items) => (items.length === 0
          ? <EmptyState title="没有可用的报送渠道" hint="报送渠道由平台运营单位开设，请与其联系。" />
          : <div className={styles.targets}>{items.map((target) => <TargetCard key={target.tenant} target={target} on={to.includes(target.tenant)} size={size} asked={asked.data?.find((one) => one.tenant === target.tenant)} onToggle={() => toggle(target.tenant)} />)}</div>)}
      </Loaded>
      <label className={styles.field}>
        附言（可不填）
        <Input.TextArea value={cover} onChange={(event) => setCover(event.target.value)} rows={2} maxLength={500} />
      </label>
      <div className={styles.pair}>
        <label className={styles.field}>
          紧急程度
          <Select<Urgency> value={urgency} onChange={setUrgency} options={Object.entries(urgencyText).map(([value, text]) => ({ value: value as Urgency, label: text }))} />
        </label>
        <label className={styles.field}>
          希望答复日期（可不填）
          <Input type="date" value={replyBy} onChange={(event) => setReplyBy(event.target.value)} />
        </label>
      </div>
      <div className={styles.options}>
        <Checkbox checked={enclose} onChange={(event) => setEnclose(event.target.checked)}>附上作者原稿</Checkbox>
        <Checkbox checked={hide} onChange={(event) => setHide(event.target.checked)}>不向上级显示作者姓名</Checkbox>
      </div>
      <Suspense><Checklist report={report.id} moments={['release']} /></Suspense>
      {forward.error && <p className={styles.fault} role="alert">{sentence(forward.error)}</p>}
    </Modal>
  );
}
