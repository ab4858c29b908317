import { CheckOutlined } from '@ant-design/icons';
import { App, Checkbox, Input, Modal } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { sentence } from '@/lib/errors';
import { kindText, label, levelText } from '@/lib/texts';
import type { ForwardingTarget, Report } from '@/lib/types';
import { EmptyState, Loaded } from '@/ui/plain/states';
import { useForward, useForwardingTargets } from '../api/forwardings';
import styles from './forwardings.module.css';

const Checklist = lazy(() => import('@/features/quality/components/Checklist'));

interface CardProps {
  target: ForwardingTarget;
  on: boolean;
  onToggle: () => void;
}

function TargetCard({ target, on, onToggle }: CardProps) {
  return (
    <button type="button" className={styles.target} aria-pressed={on} disabled={target.already_sent} onClick={onToggle}>
      <b>{target.name}</b>
      <small>{label(levelText, target.level, '')}{label(kindText, target.kind, '')}{target.already_sent && ' · 本稿已报送'}</small>
      <span className={styles.figures}>
        <span>本年已报 <i>{target.sent_this_year}</i></span>
        <span>采用 <i>{target.adopted_this_year}</i></span>
      </span>
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
  const forward = useForward();
  const submit = () =>
    forward.mutate({ report: report.id, to, cover: cover.trim(), enclose_original: enclose, hide_author: hide }, {
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
          : <div className={styles.targets}>{items.map((target) => <TargetCard key={target.tenant} target={target} on={to.includes(target.tenant)} onToggle={() => toggle(target.tenant)} />)}</div>)}
      </Loaded>
      <label className={styles.field}>
        附言（可不填）
        <Input.TextArea value={cover} onChange={(event) => setCover(event.target.value)} rows={2} maxLength={500} />
      </label>
      <div className={styles.options}>
        <Checkbox checked={enclose} onChange={(event) => setEnclose(event.target.checked)}>附上作者原稿</Checkbox>
        <Checkbox checked={hide} onChange={(event) => setHide(event.target.checked)}>不向上级显示作者姓名</Checkbox>
      </div>
      <Suspense><Checklist report={report.id} moments={['release']} /></Suspense>
      {forward.error && <p className={styles.fault} role="alert">{sentence(forward.error)}</p>}
    </Modal>
  );
}
