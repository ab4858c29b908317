import type { ReportText as Text } from '@/lib/types';
import styles from './plain.module.css';

export const sections = [
  { name: 'problem', title: '情况反映' },
  { name: 'cause', title: '原因分析' },
  { name: 'advice', title: '对策建议' },
] as const;

/** The paragraphs of a plain text. */
export const paragraphs = (text: string): string[] => text.split(/\n+/).map((line) => line.trim()).filter(Boolean);

/** A report as it is read: title, then 情况反映, 原因分析, 对策建议. */
export function ReportText({ text, untitled }: { text: Text; untitled?: boolean }) {
  return (
    <article className={styles.text}>
      {!untitled && <h2>{text.title || '（未填标题）'}</h2>}
      {sections.map(({ name, title }) =>
        text[name] ? (
          <section key={name}>
            <h3>{title}</h3>
            {paragraphs(text[name]).map((line, index) => <p key={index}>{line}</p>)}
          </section>
        ) : null,
      )}
    </article>
  );
}
