import { useState } from 'react';
import { useDecide, type Decision, type Tick } from '@/features/reviews/api/reviews';
import { currentStep, doneText, earlierSteps, yesText } from '@/features/reviews/api/runs';
import { isApiError, sentence } from '@/lib/errors';
import { checkText } from '@/lib/texts';
import type { ReportText, Review } from '@/lib/types';
import { Button } from '@/ui/plain/Button';
import { Sheet } from '../frame/Sheet';
import styles from './review.module.css';

const phrases = {
  approve: ['同意。', '同意，按程序报送。', '已阅，同意签发。'],
  reject: ['建议不采用。', '事实需要进一步核实。'],
  return: ['请补充数据和来源。', '请进一步核实情况。', '建议部分请写得更具体可行。', '请压缩篇幅。'],
};
const MOST = 500;

interface Props {
  review: Review;
  act: Decision['act'];
  /** The text as the person changed it in this step. */
  text?: ReportText;
  /** The report came from another unit: its "author" is that unit. */
  received: boolean;
  onDone: (said: string) => void;
  onClose: () => void;
}

/** The opinion; a return needs one, and says to whom. */
export function DecisionSheet({ review, act, text, received, onDone, onClose }: Props) {
  const [opinion, setOpinion] = useState(act === 'approve' ? '同意。' : '');
  const [to, setTo] = useState(0);
  const [ticks, setTicks] = useState<Tick[]>([]);
  const decide = useDecide();
  const byField = isApiError(decide.error) ? decide.error.byField : {};
  const fault = decide.error && (Object.values(byField)[0] || sentence(decide.error));
  const name = { return: '退回', reject: '不同意', approve: yesText(review) }[act];
  const sheet = act === 'approve' && review.turn && !review.turn.late ? review.turn.sheet : [];
  const tick = (item: Tick['item'], ok: boolean) => setTicks([...ticks.filter((one) => one.item !== item), { item, ok }]);
  const decision = (): Decision => {
    const words = { review: review.id, opinion: opinion.trim() };
    if (act === 'return') return { ...words, act, to };
    return act === 'reject' ? { ...words, act } : { ...words, act, ticks, ...text };
  };
  // A promise: the fresh review may take this sheet away before the callback of a mutation would be called.
  const submit = () => void decide.mutateAsync(decision()).then(() => onDone({ return: '已退回', reject: '已写明不同意见', approve: doneText(review) }[act]), () => undefined);
  return (
    <Sheet title={`${name}（${currentStep(review)?.title ?? ''}）${review.turn?.for ? `，代${review.turn.for}` : ''}`} onClose={onClose}>
      {act === 'return' && (
        <fieldset className={styles.to}>
          <legend>退回到</legend>
          <label><input type="radio" name="to" checked={to === 0} onChange={() => setTo(0)} />编辑</label>
          {earlierSteps(review).map((step) => (
            <label key={step.no}><input type="radio" name="to" checked={to === step.no} onChange={() => setTo(step.no)} />{step.title}</label>
          ))}
          {review.can.includes('return_author') && <label><input type="radio" name="to" checked={to === -1} onChange={() => setTo(-1)} />{received ? '来稿单位' : '作者'}</label>}
        </fieldset>
      )}
      {sheet.length > 0 && (
        <fieldset className={styles.to}>
          <legend>审核要点</legend>
          {sheet.map((item) => (
            <label key={item}><input type="checkbox" checked={ticks.some((one) => one.item === item && one.ok)} onChange={(event) => tick(item, event.target.checked)} />{checkText[item]}通过</label>
          ))}
        </fieldset>
      )}
      <label className={styles.opinion}>
        意见{act !== 'approve' && '（必填）'}
        <textarea rows={3} maxLength={MOST} value={opinion} onChange={(event) => setOpinion(event.target.value)} aria-invalid={Boolean(fault)} />
      </label>
      <div className={styles.phrases}>
        {phrases[act].map((phrase) => (
          <button key={phrase} type="button" onClick={() => setOpinion(act === 'approve' ? phrase : opinion + phrase)}>{phrase}</button>
        ))}
      </div>
      {fault && <p className={styles.fault} role="alert">{fault}</p>}
      <div className={styles.buttons}>
        <Button onClick={onClose}>取消</Button>
        <Button main disabled={decide.isPending || (act !== 'approve' && !opinion.trim())} onClick={submit}>{decide.isPending ? '正在办理…' : name}</Button>
      </div>
    </Sheet>
  );
}
