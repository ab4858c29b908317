import { App, Button, Input, Modal, Radio, Switch } from 'antd';
import { useState } from 'react';
import { TextFields } from '@/features/reports/components/TextFields';
import { isApiError, sentence } from '@/lib/errors';
import { useMe } from '@/lib/tenant';
import { partText } from '@/lib/texts';
import type { Report, ReportText, Review } from '@/lib/types';
import { useDecide, type Decision, type Tick } from '../api/reviews';
import { currentStep, doneText, earlierSteps, yesText } from '../api/runs';
import styles from './reviews.module.css';
import { useChecklists } from '@/features/quality/api/checklists';
import Checklist from '@/features/quality/components/Checklist';
import { SheetField } from './SheetField';


const phrases = {
  approve: ['同意。', '同意，按程序报送。', '已阅，同意签发。'],
  reject: ['建议不采用。', '事实需要进一步核实。'],
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

/** Approval, refusal or return of the step that is the person's. */
export default function DecisionDialog({ report, review, act, onClose }: Props) {
  const { message } = App.useApp();
  const current = currentStep(review);
  const [no, setNo] = useState(false);
  const [opinion, setOpinion] = useState(act === 'approve' ? '同意。' : '');
  const [ticks, setTicks] = useState<Tick[]>([]);
  const [to, setTo] = useState(0);
  const [text, setText] = useState<ReportText>();
  const { tenant } = useMe();
  const decide = useDecide();
  const lists = useChecklists(); // until they are there, the button would move under the finger
  const faults = isApiError(decide.error) ? decide.error.byField : {};
  const kind = act === 'return' ? 'return' : no ? 'reject' : 'approve';
  const title = { return: '退回修改', reject: '不同意', approve: yesText(review) }[kind];
  const decision = (): Decision => {
    const words = opinion.trim();
    if (kind === 'return') return { review: review.id, act: 'return', opinion: words, to, ticks };
    if (kind === 'reject') return { review: review.id, act: 'reject', opinion: words, ticks };
    return { review: review.id, act: 'approve', opinion: words, ticks, ...(text ? changed(report, text) : {}) };
  };
  // A promise: the fresh review may take this dialog away before the callback of a mutation would be called, and it would open again at the next turn.
  const submit = () => void decide.mutateAsync(decision()).then(() => {
    message.success({ return: '已退回', reject: '已写明不同意见', approve: doneText(review) }[kind]);
    onClose();
  }, () => undefined);
  const choose = (refuses: boolean) => {
    setNo(refuses);
    setOpinion(refuses ? '' : '同意。');
  };
  return (
    <Modal
      open
      width={text ? 860 : 560}
      title={`${title}${current ? `（${current.title}）` : ''}${review.turn?.for ? `，代${review.turn.for}` : ''}`}
      okText={title}
      okButtonProps={{ loading: decide.isPending || lists.isPending, disabled: kind !== 'approve' && !opinion.trim() }}
      onOk={submit}
      onCancel={onClose}
    >
      {act === 'return' && (
        <div className={styles.field}>
          退回到
          <Radio.Group value={to} onChange={(event) => setTo(event.target.value)} aria-label="退回到">
            <Radio value={0}>编辑</Radio>
            {earlierSteps(review).map((step) => <Radio key={step.no} value={step.no}>{step.title}</Radio>)}
            {review.can.includes('return_author') && <Radio value={-1}>{report.origin ? '来稿单位' : '作者'}</Radio>}
          </Radio.Group>
        </div>
      )}
      {act === 'approve' && review.can.includes('reject') && (
        <div className={styles.field}>
          {review.turn?.late ? '补签' : '表决'}
          <Radio.Group value={no} onChange={(event) => choose(event.target.value)} aria-label="同意或不同意" options={[{ value: false, label: '同意' }, { value: true, label: '不同意' }]} />
        </div>
      )}
      {review.turn && review.turn.sheet.length > 0 && !review.turn.late && <SheetField sheet={review.turn.sheet} ticks={ticks} onChange={setTicks} fault={faults.ticks} />}
      <label className={styles.field}>
        意见
        <Input.TextArea autoFocus value={opinion} onChange={(event) => setOpinion(event.target.value)} rows={4} maxLength={500} showCount status={faults.opinion ? 'error' : ''} />
        {faults.opinion && <span className={styles.fault}>{faults.opinion}</span>}
      </label>
      <div className={styles.phrases}>
        {phrases[kind].map((phrase) => (
          <Button key={phrase} size="small" onClick={() => setOpinion(kind === 'approve' ? phrase : opinion + phrase)}>{phrase}</Button>
        ))}
      </div>
      {kind === 'approve' && !review.turn?.sheet.length && <Checklist report={report.id} moments={['review']} remarks />}
      {kind === 'approve' && !review.turn?.late && (
        <div className={styles.edit}>
          <label><Switch size="small" checked={Boolean(text)} onChange={(on) => setText(on ? report : undefined)} /> 在本环节修改文稿（留下修改痕迹）</label>
          {text && review.turn && review.turn.locked.length > 0 && <p className={styles.quiet}>本环节不能修改：{review.turn.locked.map((part) => partText[part]).join('、')}</p>}
          {text && <TextFields text={text} limit={tenant.settings.issued_limit} faults={faults} onChange={(part) => setText({ ...text, ...part })} />}
        </div>
      )}
      {decide.error && !faults.opinion && !faults.ticks && <p className={styles.fault} role="alert">{sentence(decide.error)}</p>}
    </Modal>
  );
}
