import { memo, type RefObject } from 'react';
import type { ReportText } from '@/lib/types';
import { sections } from '@/ui/plain/ReportText';
import type { Section, Thread } from '../api/comments';
import { charactersBefore, lines, passage, reach, type Passage } from '../api/places';
import styles from './comments.module.css';

const CHOSEN = 'chosen';

interface Props {
  text: ReportText;
  threads: Thread[];
  current?: string;
  /** The words a comment is being written on. */
  chosen?: Passage;
  onPick: (thread: string) => void;
  box: RefObject<HTMLElement | null>;
}

/** A report with the words marked that comments are about. Each piece knows where in its section it begins. */
export const MarkedText = memo(function MarkedText({ text, threads, current, chosen, onPick, box }: Props) {
  const marksOf = (section: Section) => [
    ...threads.flatMap((thread) => {
      const found = thread.section === section ? reach(text[section], thread) : undefined;
      return found ? [{ id: thread.id, from: found[0], to: found[1] }] : [];
    }),
    ...(chosen?.section === section ? [{ id: CHOSEN, from: chosen.place, to: chosen.place + [...chosen.quote].length }] : []),
  ];
  const settled = new Set(threads.filter((thread) => thread.resolved_at).map((thread) => thread.id));
  const look = (on: string[]) => {
    if (on.includes(CHOSEN)) return styles.chosen;
    if (current && on.includes(current)) return styles.current;
    return on.every((id) => settled.has(id)) ? styles.settled : '';
  };
  const part = (section: Section) => (
    <div data-section={section}>
      {lines(text[section], marksOf(section)).map((line, index) => (
        <p key={index}>
          {line.map(({ at, text: words, on }) => (on.length ? (
            <mark key={at} data-at={at} data-threads={on.join(' ')} className={look(on)} onClick={() => onPick(on.find((id) => id !== CHOSEN) ?? '')}>{words}</mark>
          ) : <span key={at} data-at={at}>{words}</span>))}
        </p>
      ))}
    </div>
  );
  return (
    <article ref={box} className={styles.text}>
      <h2>{text.title ? part('title') : '（未填标题）'}</h2>
      {sections.map(({ name, title }) => (text[name] ? <section key={name}><h3>{title}</h3>{part(name)}</section> : null))}
    </article>
  );
});

/** Where a position of the selection stands: its section and its place in it, in characters. */
function spot(node: Node, offset: number): { section: Section; at: number } | undefined {
  const element = node instanceof Element ? node : node.parentElement;
  const piece = element?.closest<HTMLElement>('[data-at]');
  const section = element?.closest<HTMLElement>('[data-section]')?.dataset.section as Section | undefined;
  if (!piece || !section) return undefined;
  const units = node instanceof Text ? offset : offset ? (piece.textContent ?? '').length : 0;
  return { section, at: Number(piece.dataset.at) + charactersBefore(piece.textContent ?? '', units) };
}

/** The place just before a position that stands between pieces, such as the end of a line that was chosen whole. */
function before(box: HTMLElement, range: Range): { section: Section; at: number } | undefined {
  const pieces = [...box.querySelectorAll<HTMLElement>('[data-at]')].filter((piece) => range.comparePoint(piece, 0) <= 0 && range.intersectsNode(piece));
  const last = pieces.at(-1);
  return last && spot(last, 1);
}

/** The words of the text that are selected on the page; only within one section. */
export function selected(box: HTMLElement, text: ReportText): Passage | undefined {
  const selection = window.getSelection();
  if (!selection || selection.isCollapsed || !selection.rangeCount) return undefined;
  const range = selection.getRangeAt(0);
  if (!box.contains(range.startContainer)) return undefined;
  const start = spot(range.startContainer, range.startOffset);
  const end = (box.contains(range.endContainer) ? spot(range.endContainer, range.endOffset) : undefined) ?? before(box, range);
  if (!start || !end || start.section !== end.section) return undefined;
  return passage(start.section, text[start.section], start.at, end.at);
}
