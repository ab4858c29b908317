import { time } from '@/lib/format';
import { label, reviewText, stepText } from '@/lib/texts';
import type { Review } from '@/lib/types';
import { Panel } from '@/ui/Page';
import { StatusTag, type Tone } from '@/ui/plain/StatusTag';
import styles from './reviews.module.css';

const tones: Record<Review['state'], Tone> = { running: 'run', signed: 'ok', returned: 'warn' };

/** The chains a report went through: each step with person, opinion and time. */
export function ReviewsPanel({ reviews }: { reviews: Review[] }) {
  if (!reviews.length) return null;
  return (
    <Panel flush title="审签">
      {[...reviews].reverse().map((review) => (
        <div key={review.id} className={styles.review}>
          <div className={styles.reviewHead}>
            {review.chain_name}
            <StatusTag tone={tones[review.state] ?? 'quiet'}>{label(reviewText, review.state)}</StatusTag>
          </div>
          <ol className={styles.steps}>
            {review.steps.map((step) => (
              <li key={step.no} className={`${styles.step} ${styles[step.state] ?? ''}`}>
                <span className={styles.no}>{step.no}</span>
                <span>{step.title}</span>
                <span className={styles.quiet}>{label(stepText, step.state)}</span>
                <span className={styles.opinion}>{[step.by, step.opinion].filter(Boolean).join('：')}</span>
                <time dateTime={step.at}>{time(step.at)}</time>
              </li>
            ))}
          </ol>
        </div>
      ))}
    </Panel>
  );
}
