import { followText, label } from '@/lib/texts';
import type { NewChain } from '../api/chains';
import { conditionText, marks, stepFault, waitsFor, type Names } from './steps';
import styles from './drawing.module.css';

interface Props {
  chain: NewChain;
  names: Names;
  /** With these the boxes are chosen by click or key. */
  chosen?: number;
  onChoose?: (at: number) => void;
  faults?: boolean;
}

/** A flow drawn: the steps in a row as boxes, a branch where a step applies only under a condition, the end with what follows. */
export function FlowDrawing({ chain, names, chosen, onChoose, faults }: Props) {
  return (
    <ol className={styles.flow} aria-label={`流程图${chain.name ? `：${chain.name}` : ''}`}>
      <li className={styles.start}>送审</li>
      {chain.steps.map((step, index) => {
        const when = conditionText(step.when);
        const fault = faults ? stepFault(step) : undefined;
        const inside = (
          <>
            <b>{index + 1}. {step.title || '（未命名）'}</b>
            <span>{waitsFor(step, names) || '（未指定）'}</span>
            {marks(step).map((mark) => <small key={mark}>{mark}</small>)}
            {fault && <em>{fault}</em>}
          </>
        );
        return (
          <li key={index} className={when ? `${styles.step} ${styles.branch}` : styles.step}>
            {when && <span className={styles.when}>仅：{when}</span>}
            {onChoose ? (
              <button type="button" className={`${styles.box} ${chosen === index ? styles.chosen : ''} ${fault ? styles.bad : ''}`} aria-pressed={chosen === index} onClick={() => onChoose(index)}>{inside}</button>
            ) : <div className={styles.box}>{inside}</div>}
            {when && <span className={styles.past} aria-hidden>其余直接下一环节</span>}
          </li>
        );
      })}
      <li className={styles.end}>签发{chain.then?.map((one) => <span key={one}> → {label(followText, one)}</span>)}</li>
    </ol>
  );
}
