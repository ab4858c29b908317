import { useState } from 'react';
import { useDecide } from '@/features/reviews/api/reviews';
import { isApiError, sentence } from '@/lib/errors';
import type { Review } from '@/lib/types';
import { Button } from '@/ui/plain/Button';
import { Sheet } from '../frame/Sheet';
import styles from './review.module.css';
import { currentStep, earlierSteps, lastStep } from './steps';

const phrases = {
  approve: ['同意。', '同意，按程序报送。', '已阅，同意签发。'],
  return: ['请补充数据和来源。', '请进一步核实情况。', '建议部分请写得更具体可行。', '请压缩篇幅。'],
};
const MOST = 500;

interface Props {
  review: Review;
  act: 'approve' | 'return';
  onDone: (said: string) => void;
  onClose: () => void;
}

/** The opinion; a return needs one, and says to whom. */
export function DecisionSheet({ review, act, onDone, onClose }: Props) {
  const signs = lastStep(review);
  const [opinion, setOpinion] = useState(act === 'approve' ? '同意。' : '');
  const [to, setTo] = useState(0);
  const decide = useDecide();
  const fault = decide.error && ((isApiError(decide.error) && decide.error.byField.opinion) || sentence(decide.error));
  const name = act === 'return' ? '退回' : signs ? '签发' : '同意';
  const submit = () => {
    const words = opinion.trim();
    const said = act === 'return' ? '已退回' : signs ? '已签发' : '已同意，转下一环节';
    // A promise: the fresh review may take this sheet away before the callback of a mutation would be called.
    decide
      .mutateAsync(act === 'approve' ? { review: review.id, act, opinion: words } : { review: review.id, act, opinion: words, to })
      .then(() => onDone(said), () => undefined);
  };
  return (
    <Sheet title={`${name}（${currentStep(review)?.title ?? ''}）`} onClose={onClose}>
      {act === 'return' && earlierSteps(review).length > 0 && (
        <fieldset className={styles.to}>
          <legend>退回到</legend>
          <label><input type="radio" name="to" checked={to === 0} onChange={() => setTo(0)} />编辑</label>
          {earlierSteps(review).map((step) => (
            <label key={step.no}><input type="radio" name="to" checked={to === step.no} onChange={() => setTo(step.no)} />{step.title}</label>
          ))}
        </fieldset>
      )}
      <label className={styles.opinion}>
        意见{act === 'return' && '（必填）'}
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
        <Button main disabled={decide.isPending || (act === 'return' && !opinion.trim())} onClick={submit}>{decide.isPending ? '正在办理…' : name}</Button>
      </div>
    </Sheet>
  );
}
