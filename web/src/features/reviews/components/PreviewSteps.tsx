import { time } from '@/lib/format';
import { checkText, followText, signModeText } from '@/lib/texts';
import type { Preview } from '../api/reviews';
import styles from './preview.module.css';

/** A flow drawn for a report: the steps one under the other, the people of a step side by side, what does not apply pale. */
export function PreviewSteps({ preview }: { preview: Preview }) {
  return (
    <div className={styles.flow}>
      {preview.fault && <p className={styles.fault} role="alert">{preview.fault}</p>}
      <ol className={styles.steps} aria-label={`流程“${preview.name}”`}>
        {preview.steps.map((step) => (
          <li key={step.no} className={step.applies ? styles.box : `${styles.box} ${styles.skipped}`}>
            <div className={styles.head}>
              <b>{step.title}</b>
              {step.who.length > 1 && <small>{signModeText[step.mode]}{step.mode === 'vote' && ` ≥${step.ratio}%`}</small>}
              {step.due_at && <small>限 {time(step.due_at)}</small>}
            </div>
            {step.applies ? (
              <div className={styles.people}>
                {step.who.length ? step.who.map((who) => <span key={who.id}>{who.name}</span>) : <span className={styles.none}>没有可以审签的人</span>}
              </div>
            ) : <small>不经过：{step.why}</small>}
            {step.sheet.length > 0 && step.applies && <small>核对 {step.sheet.map((item) => checkText[item]).join('、')}</small>}
          </li>
        ))}
        <li className={styles.end}>签发{preview.then.length > 0 && ` → ${preview.then.map((one) => followText[one]).join(' → ')}`}</li>
      </ol>
      {preview.green.length > 0 && <p className={styles.green}>紧急信息：分管领导可以走绿色通道先签发，缺少的签署事后补齐。</p>}
    </div>
  );
}
