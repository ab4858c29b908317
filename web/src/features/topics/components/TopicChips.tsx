import { newTo, useTopics } from '../api/topics';
import styles from './topics.module.css';

interface Props {
  id: string;
  saved: number | undefined;
  category: string;
  onChoose: (choice: { category: string; topic?: string }) => void;
}

/** 建议分类：…, one click takes it. Nothing is shown where nothing is suggested. */
export function TopicChips({ id, saved, category, onChoose }: Props) {
  const suggestions = newTo(category, useTopics(id, saved).data?.items ?? []);
  if (!suggestions.length) return null;
  return (
    <div className={styles.chips} role="group" aria-label="建议分类">
      <span>建议分类：</span>
      {suggestions.map((one) => (
        <button
          key={one.category}
          type="button"
          title={`${one.path.join(' › ')}（把握 ${one.share}%）`}
          onClick={() => onChoose({ category: one.category, topic: one.topic || undefined })}
        >
          {one.category}{one.topic && ` › ${one.topic}`}
        </button>
      ))}
    </div>
  );
}
