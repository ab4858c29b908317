import { useState } from 'react';
import type { ShownHint } from '@/lib/hints';
import { StatusTag, type Tone } from './StatusTag';
import styles from './hints.module.css';

const words: Record<ShownHint['severity'], [string, Tone]> = { refuse: ['不能提交', 'risk'], warn: ['请核对', 'warn'], note: ['可改进', 'quiet'] };
const FEW = 4;

interface Props {
  hints: ShownHint[];
  /** Nothing has been read yet. */
  waiting: boolean;
  onMaskAll?: () => void;
}

/** What a reader of the text would object to, each with its place. */
export function HintList({ hints, waiting, onMaskAll }: Props) {
  const [all, setAll] = useState(false);
  const shown = all ? hints : hints.slice(0, FEW);
  return (
    <section className={styles.hints} aria-label="写作提示">
      <div className={styles.head}>
        <h2>写作提示</h2>
        <span role="status">{waiting ? '边写边看' : hints.length ? `${hints.length} 条` : '没有发现问题'}</span>
        {onMaskAll && <button type="button" className={styles.button} onClick={onMaskAll}>遮盖全部个人信息</button>}
      </div>
      {shown.length > 0 && (
        <ul>
          {shown.map((hint) => (
            <li key={hint.key}>
              <span className={styles.mark}><StatusTag bare tone={words[hint.severity][1]}>{words[hint.severity][0]}</StatusTag></span>
              <div>
                <b>{hint.text}</b>
                <small>{hint.section}{hint.quote && `：${hint.quote}`}</small>
                <p>{hint.suggestion}</p>
              </div>
              <span className={styles.acts}>
                {hint.onMask && <button type="button" className={styles.button} onClick={hint.onMask} aria-label={`遮盖：${hint.quote}`}>遮盖</button>}
                {hint.onJump && <button type="button" className={styles.button} onClick={hint.onJump} aria-label={`定位：${hint.text}`}>定位</button>}
              </span>
            </li>
          ))}
        </ul>
      )}
      {hints.length > FEW && (
        <button type="button" className={styles.button} aria-expanded={all} onClick={() => setAll(!all)}>{all ? '收起' : `还有 ${hints.length - FEW} 条`}</button>
      )}
    </section>
  );
}
