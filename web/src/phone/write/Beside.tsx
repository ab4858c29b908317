import { useSimilarDraft } from '@/features/similarity/api/similarity';
import { warningOf } from '@/features/similarity/api/words';
import { newTo, useTopics } from '@/features/topics/api/topics';
import Talk from '../report/Talk';
import styles from './write.module.css';

interface Props {
  id: string;
  /** It has been on the server before. */
  old: boolean;
  saved: number | undefined;
  category: string;
  onChoose: (choice: { category: string; topic?: string }) => void;
}

/** What was said about the text, what the unit has already on the matter, and where it may belong: one touch takes the category. */
export default function Beside({ id, old, saved, category, onChoose }: Props) {
  const similar = useSimilarDraft(id, saved).data;
  const warning = similar ? warningOf(similar) : '';
  const suggestion = newTo(category, useTopics(id, saved).data?.items ?? [])[0];
  return (
    <>
      {old && <Talk report={id} />}
      {warning && <p className={styles.alike} role="status">{warning}</p>}
      {suggestion && (
        <button type="button" className={styles.suggest} onClick={() => onChoose({ category: suggestion.category, topic: suggestion.topic || undefined })}>
          建议分类：{suggestion.category}{suggestion.topic && ` › ${suggestion.topic}`}
        </button>
      )}
    </>
  );
}
