import { label, sourceText, stateText, urgencyText } from '@/lib/texts';
import type { Facet, Question } from '../api/search';
import styles from './search.module.css';

const groups: { name: Facet['name']; text: string; words?: Record<string, string> }[] = [
  { name: 'state', text: '状态', words: stateText },
  { name: 'category', text: '分类' },
  { name: 'sender', text: '来文单位' },
  { name: 'urgency', text: '紧急程度', words: urgencyText },
  { name: 'source_kind', text: '来源', words: sourceText },
];
const SHOWN = 8;

interface Props {
  facets: Facet[];
  question: Question;
  onChange: (change: Question) => void;
}

/** How what was found is spread; a value narrows the search, and once more takes that back. */
export function Facets({ facets, question, onChange }: Props) {
  return (
    <aside className={styles.facets} aria-label="分布">
      {groups.map(({ name, text, words }) => {
        const values = facets.filter((facet) => facet.name === name).slice(0, SHOWN);
        if (values.length < 2 && !question[name]) return null;
        return (
          <section key={name}>
            <h2>{text}</h2>
            {values.map((facet) => {
              const on = question[name] === facet.value;
              return (
                <button key={facet.value} type="button" aria-pressed={on} onClick={() => onChange({ [name]: on ? undefined : facet.value })}>
                  <span>{facet.text || (words ? label(words, facet.value) : facet.value)}</span><b>{facet.count}</b>
                </button>
              );
            })}
          </section>
        );
      })}
    </aside>
  );
}
