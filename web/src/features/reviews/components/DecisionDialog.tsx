import { App, Button, Input, Modal, Radio, Switch } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { TextFields } from '@/features/reports/components/TextFields';
import { isApiError, sentence } from '@/lib/errors';
import { useMe } from '@/lib/tenant';
import type { Report, ReportText, Review } from '@/lib/types';
import { useDecide } from '../api/reviews';
import styles from './reviews.module.css';

const Checklist = lazy(() => import('@/features/quality/components/Checklist'));

const phrases = {
  approve: ['同意。', '同意，按程序报送。', '已阅，同意签发。'],
  return: ['请补充数据和来源。', '请进一步核实情况。', '建议部分请写得更具体可行。', '请压缩篇幅。'],
};

const parts = ['title', 'problem', 'cause', 'advice'] as const;

/** The whole text when the person changed any part of it in the step. */
function changed(report: Report, { title, problem, cause, advice }: ReportText): Partial<ReportText> {
  const text = { title, problem, cause, advice };
  return parts.some((name) => text[name] !== report[name]) ? text : {};
}

interface Props {
  report: Report;
  review: Review;
  act: 'approve' | 'return';
  onClose: () => void;
}

/** Approval or return of the step that is the person's. */
export default function DecisionDialog({ report, review, act, onClose }: Props) {
  const { message } = App.useApp();
  const current = review.steps.find((step) => step.state === 'current');
  const last = current?.no === Math.max(...review.steps.map((step) => step.no));
  const earlier = review.steps.filter((step) => current && step.no < current.no);
  const [opinion, setOpinion] = useState(act === 'approve' ? '同意。' : '');
  const [to, setTo] = useState(0);
  const [text, setText] = useState<ReportText>();
  const { tenant } = useMe();
  const decide = useDecide();
  const faults = isApiError(decide.error) ? decide.error.byField : {};
  const title = act === 'return' ? '退回修改' : last ? '签发' : '审核同意';
  const submit = () => {
    const words = opinion.trim();
    const edits = text ? changed(report, text) : {};
    decide.mutate(act === 'approve' ? { review: review.id, act, opinion: words, ...edits } : { review: review.id, act, opinion: words, to }, {
      onSuccess: () => {
        message.success(act === 'return' ? '已退回' : last ? '已签发' : '已同意，转下一环节');
        onClose();
      },
    });
  };
  return (
    <Modal
      open
      width={text ? 860 : 560}
      title={`${title}${current ? `（${current.title}）` : ''}`}
      okText={title}
      okButtonProps={{ loading: decide.isPending, disabled: act === 'return' && !opinion.trim() }}
      onOk={submit}
      onCancel={onClose}
    >
      {act === 'return' && (
        <div className={styles.field}>
          退回到
          <Radio.Group value={to} onChange={(event) => setTo(event.target.value)} aria-label="退回到">
            <Radio value={0}>编辑</Radio>
            {earlier.map((step) => <Radio key={step.no} value={step.no}>{step.title}</Radio>)}
          </Radio.Group>
        </div>
      )}
      <label className={styles.field}>
        意见
        <Input.TextArea autoFocus value={opinion} onChange={(event) => setOpinion(event.target.value)} rows={4} maxLength={500} showCount status={faults.opinion ? 'error' : ''} />
        {faults.opinion && <span className={styles.fault}>{faults.opinion}</span>}
      </label>
      <div className={styles.phrases}>
        {phrases[act].map((phrase) => (
          <Button key={phrase} size="small" onClick={() => setOpinion(act === 'approve' ? phrase : opinion + phrase)}>{phrase}</Button>
        ))}
      </div>
      {act === 'approve' && <Suspense><Checklist report={report.id} moments={['review']} remarks /></Suspense>}
      {act === 'approve' && (
        <div className={styles.edit}>
          <label><Switch size="small" checked={Boolean(text)} onChange={(on) => setText(on ? report : undefined)} /> 在本环节修改文稿</label>
          {text && <TextFields text={text} limit={tenant.settings.issued_limit} faults={faults} onChange={(part) => setText({ ...text, ...part })} />}
        </div>
      )}
      {decide.error && !faults.opinion && <p className={styles.fault} role="alert">{sentence(decide.error)}</p>}
    </Modal>
  );
}
