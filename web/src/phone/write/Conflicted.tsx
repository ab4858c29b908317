import type { FormValue } from '@/features/reports/api/form';
import { mergedForm, textParts, type Merged } from '@/features/reports/api/mergeForms';
import { Button } from '@/ui/plain/Button';
import styles from './write.module.css';

interface Props {
  merged: Merged;
  onDecide: (form: FormValue) => void;
}

const titles = { title: '标题', problem: '问题', cause: '原因', advice: '建议' };

/** The same sentences were changed elsewhere: what stands there, and which to go on with. Nothing is lost until then. */
export default function Conflicted({ merged, onDecide }: Props) {
  const clashes = textParts.flatMap((part) => merged.pieces[part].flatMap((piece) => (piece.kind === 'clash' ? [{ part, ...piece }] : [])));
  return (
    <section className={styles.conflict} role="alert" aria-label="内容有两份">
      <h2>这篇信息在别处也改过</h2>
      <p>不同的地方已经合在一起；下面这些两边都改了，请选择保留哪一份：</p>
      {clashes.map((clash, index) => (
        <div key={index}>
          <h3>{titles[clash.part]}</h3>
          <p className={styles.theirs}><b>这里：</b>{clash.mine || '（删去）'}</p>
          <p className={styles.theirs}><b>别处：</b>{clash.theirs || '（删去）'}</p>
        </div>
      ))}
      <div className={styles.decide}>
        <Button onClick={() => onDecide(mergedForm(merged, () => 'theirs'))}>用别处保存的</Button>
        <Button main onClick={() => onDecide(mergedForm(merged, () => 'mine'))}>用这里写的</Button>
      </div>
    </section>
  );
}
