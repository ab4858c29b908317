import { Modal } from 'antd';
import { useState } from 'react';
import { DiffText } from '@/ui/plain/DiffView';
import type { ReportText } from '@/lib/types';
import styles from './dialogs.module.css';

const parts = [
  ['title', '标题'], ['problem', '情况反映'], ['cause', '原因分析'], ['advice', '对策建议'],
] as const;

type Part = (typeof parts)[number][0];

interface Props {
  base: ReportText;
  mine: ReportText;
  theirs: ReportText;
  onDecide: (text: ReportText) => void;
  onLater: () => void;
}

/** Somebody else saved first: for each part that differs, mine or theirs. */
export default function ConflictDialog({ base, mine, theirs, onDecide, onLater }: Props) {
  const differing = parts.filter(([name]) => mine[name] !== theirs[name]);
  const [choice, setChoice] = useState<Partial<Record<Part, 'mine' | 'theirs'>>>(() =>
    Object.fromEntries(differing.map(([name]) => [name, mine[name] === base[name] ? 'theirs' : 'mine'])),
  );
  const result = () =>
    Object.fromEntries(parts.map(([name]) => [name, choice[name] === 'theirs' ? theirs[name] : mine[name]])) as unknown as ReportText;
  return (
    <Modal open width={860} title="内容已被他人修改" okText="按所选合并" cancelText="稍后处理" onOk={() => onDecide(result())} onCancel={onLater}>
      <p className={styles.hint}>您的文字没有丢失。请逐段选择保留哪一份，标记处为与您打开时相比的改动。</p>
      <div className={styles.conflict}>
        {differing.length === 0 && <p>两份文字相同，可以直接合并。</p>}
        {differing.map(([name, title]) => (
          <section key={name}>
            <h3>{title}</h3>
            <div className={styles.versions}>
              {(['mine', 'theirs'] as const).map((whose) => (
                <button
                  key={whose}
                  type="button"
                  className={`${styles.side} ${choice[name] === whose ? styles.chosen : ''}`}
                  aria-pressed={choice[name] === whose}
                  onClick={() => setChoice({ ...choice, [name]: whose })}
                >
                  <b>{whose === 'mine' ? '我的' : '对方的'}</b>
                  <DiffText before={base[name]} after={(whose === 'mine' ? mine : theirs)[name]} />
                </button>
              ))}
            </div>
          </section>
        ))}
      </div>
    </Modal>
  );
}
