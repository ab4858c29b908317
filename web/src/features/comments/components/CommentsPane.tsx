import { Button } from 'antd';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useMay } from '@/lib/tenant';
import type { Report } from '@/lib/types';
import { threadsOf, type Comment, type Thread } from '../api/comments';
import type { Passage } from '../api/places';
import { Composer } from './Composer';
import { MarkedText, selected } from './MarkedText';
import { ThreadList } from './ThreadList';
import styles from './comments.module.css';

/** The text with what is said about its places beside it: words are chosen in the text, then a comment is written on them. */
export default function CommentsPane({ report, comments }: { report: Report; comments: Comment[] }) {
  const mayWrite = useMay('comment:write');
  const threads = useMemo(() => threadsOf(comments), [comments]);
  const [current, setCurrent] = useState<string>();
  const [chosen, setChosen] = useState<Passage>();
  const [writing, setWriting] = useState(false);
  // While the words are still being selected the text stays as it is; they are marked once the comment is being written.
  const [held, setHeld] = useState(false);
  const box = useRef<HTMLElement>(null);
  const list = useRef<HTMLElement>(null);
  useEffect(() => {
    if (!mayWrite) return;
    const look = () => {
      const words = box.current && selected(box.current, report);
      if (!words) return;
      setHeld(false);
      setChosen(words);
      setWriting(true);
    };
    document.addEventListener('selectionchange', look);
    return () => document.removeEventListener('selectionchange', look);
  }, [mayWrite, report]);
  const jump = (thread: Thread) => {
    setCurrent(thread.id);
    box.current?.querySelector(`[data-threads~="${thread.id}"]`)?.scrollIntoView({ block: 'center', behavior: 'smooth' });
  };
  const pick = useCallback((id: string) => {
    setCurrent(id);
    list.current?.querySelector(`[data-comment="${id}"]`)?.scrollIntoView({ block: 'nearest', behavior: 'smooth' });
  }, []);
  const done = () => {
    setWriting(false);
    setChosen(undefined);
    setHeld(false);
  };
  return (
    <div className={styles.panes}>
      <MarkedText box={box} text={report} threads={threads} current={current} chosen={held ? chosen : undefined} onPick={pick} />
      <aside ref={list} className={styles.beside} aria-label="批注列表" tabIndex={0}>
        {mayWrite && (writing
          ? <Composer report={report.id} chosen={chosen} onFocus={() => setHeld(true)} onDone={done} />
          : <div><Button size="small" onClick={() => setWriting(true)}>写批注</Button><p className={styles.hint}>在左边选中文字，可对这一处批注。</p></div>)}
        {threads.length === 0 && !writing && <p className={styles.hint}>还没有批注。</p>}
        <ThreadList report={report.id} threads={threads} mayWrite={mayWrite} current={current} onJump={jump} />
      </aside>
    </div>
  );
}
