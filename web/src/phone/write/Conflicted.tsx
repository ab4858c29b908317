import type { FormValue } from '@/features/reports/api/form';
import type { Report } from '@/lib/types';
import { Button } from '@/ui/plain/Button';
import styles from './write.module.css';

interface Props {
  mine: FormValue;
  theirs: Report;
  onDecide: (keep: 'mine' | 'theirs') => void;
}

const parts = [['title', '标题'], ['problem', '问题'], ['cause', '原因'], ['advice', '建议']] as const;

/** The same draft was changed elsewhere: what differs there, and which text to go on with. Nothing is lost until then. */
export function Conflicted({ mine, theirs, onDecide }: Props) {
  const differing = parts.filter(([name]) => mine[name].trim() !== theirs[name].trim());
  return (
    <section className={styles.conflict} role="alert" aria-label="内容有两份">
      <h2>这篇信息在别处也改过</h2>
      <p>您在这里写的都还在。请选择保留哪一份：</p>
      {differing.map(([name, label]) => (
        <div key={name}>
          <h3>{label}（别处保存的）</h3>
          <p className={styles.theirs}>{theirs[name] || '（空）'}</p>
        </div>
      ))}
      <div className={styles.decide}>
        <Button onClick={() => onDecide('theirs')}>用别处保存的</Button>
        <Button main onClick={() => onDecide('mine')}>用这里写的</Button>
      </div>
    </section>
  );
}
