import { Modal } from 'antd';
import { useState } from 'react';
import type { Choice, Piece } from '@/lib/passages';
import { DiffText } from '@/ui/plain/DiffView';
import type { FormValue } from '../api/form';
import { mergedForm, textParts, type Merged } from '../api/mergeForms';
import styles from './dialogs.module.css';

const titles: Partial<Record<keyof FormValue, string>> = {
  title: '标题', problem: '情况反映', cause: '原因分析', advice: '对策建议', category: '分类', topic: '主题', urgency: '紧急程度', class: '重要程度', mode: '来稿方式',
  channel: '来稿渠道', source_kind: '来源类型', origin_note: '原出处', attachments: '附件', co_authors: '合作作者', on_behalf: '反映人',
};
const choices: Record<Choice, string> = { mine: '我的', theirs: '对方的', both: '都保留' };

interface Props {
  merged: Merged;
  onDecide: (form: FormValue) => void;
  onLater: () => void;
}

/** Somebody else changed the same passages: for each, mine, theirs or both. All other changes are merged already. */
export default function ConflictDialog({ merged, onDecide, onLater }: Props) {
  const [chosen, setChosen] = useState<Record<string, Choice>>({});
  const choice = (name: string) => chosen[name] ?? 'mine';
  const choose = (name: string, which: Choice) => setChosen({ ...chosen, [name]: which });
  return (
    <Modal open width={860} title="有的段落两人都改了" okText="按所选合并" cancelText="稍后处理" onOk={() => onDecide(mergedForm(merged, choice))} onCancel={onLater}>
      <p className={styles.hint}>您的文字没有丢失。两人改动的不同地方已经合在一起；下面这些地方两人都改了，请选择保留哪一份。标记处为与原来相比的改动。</p>
      <div className={styles.conflict}>
        {textParts.map((part) => <Section key={part} title={titles[part]!} part={part} pieces={merged.pieces[part]} choice={choice} onChoose={choose} />)}
        {merged.clashing.map((name) => (
          <section key={name}>
            <h3>{titles[name] ?? '其他内容'}</h3>
            <div className={styles.versions}>
              {(['mine', 'theirs'] as const).map((which) => (
                <Side key={which} which={which} on={choice(name) === which} onClick={() => choose(name, which)}>{which === 'mine' ? '保留我改的' : '采用对方改的'}</Side>
              ))}
            </div>
          </section>
        ))}
      </div>
    </Modal>
  );
}

interface SectionProps {
  title: string;
  part: string;
  pieces: Piece[];
  choice: (name: string) => Choice;
  onChoose: (name: string, which: Choice) => void;
}

function Section({ title, part, pieces, choice, onChoose }: SectionProps) {
  const clashes = pieces.flatMap((piece) => (piece.kind === 'clash' ? [piece] : []));
  if (!clashes.length) return null;
  return (
    <section>
      <h3>{title}</h3>
      {clashes.map((clash, index) => {
        const name = `${part}/${index}`;
        return (
          <div key={name} className={styles.clash}>
            <p className={styles.was}>原来：{clash.base || '（没有）'}</p>
            <div className={styles.versions}>
              {(['mine', 'theirs'] as const).map((which) => (
                <Side key={which} which={which} on={choice(name) === which} onClick={() => onChoose(name, which)}>
                  {clash[which] ? <DiffText before={clash.base} after={clash[which]} /> : '（删去）'}
                </Side>
              ))}
            </div>
            {part !== 'title' && <button type="button" className={`${styles.both} ${choice(name) === 'both' ? styles.chosen : ''}`} aria-pressed={choice(name) === 'both'} onClick={() => onChoose(name, 'both')}>{choices.both}</button>}
          </div>
        );
      })}
    </section>
  );
}

function Side({ which, on, onClick, children }: { which: 'mine' | 'theirs'; on: boolean; onClick: () => void; children: React.ReactNode }) {
  return (
    <button type="button" className={`${styles.side} ${on ? styles.chosen : ''}`} aria-pressed={on} onClick={onClick}>
      <b>{choices[which]}</b>
      {children}
    </button>
  );
}
