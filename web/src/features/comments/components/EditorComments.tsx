import { App, Button } from 'antd';
import { useEffect, useState } from 'react';
import { useMay } from '@/lib/tenant';
import type { ReportText } from '@/lib/types';
import { openOf, threadsOf, useComments, type Section, type Thread } from '../api/comments';
import { charactersBefore, passage, unitsOf, type Passage } from '../api/places';
import { Composer } from './Composer';
import { ThreadList } from './ThreadList';
import styles from './comments.module.css';

const field = (section: string) => document.getElementById(`report-${section}`) as HTMLTextAreaElement | HTMLInputElement | null;

interface Props {
  report: string;
  text: ReportText;
  /** Brings what is written to the server. */
  save: () => Promise<unknown>;
  /** Shown although nothing was said yet. */
  always: boolean;
}

/** What was said about the text, above the fields it is written in: a touch leads to the words, selected words can be commented. */
export default function EditorComments({ report, text, save, always }: Props) {
  const { message } = App.useApp();
  const comments = useComments(report);
  const mayWrite = useMay('comment:write');
  const [chosen, setChosen] = useState<Passage>();
  const [writing, setWriting] = useState(false);
  useEffect(() => {
    const look = ({ target }: Event) => {
      const section = target instanceof HTMLElement && /^report-(title|problem|cause|advice)$/.exec(target.id)?.[1];
      if (!section) return;
      const { value, selectionStart, selectionEnd } = target as HTMLTextAreaElement;
      setChosen(passage(section as Section, value, charactersBefore(value, selectionStart), charactersBefore(value, selectionEnd)));
    };
    document.addEventListener('select', look, true);
    return () => document.removeEventListener('select', look, true);
  }, []);
  const threads = threadsOf(comments.data ?? []);
  if (!comments.data || (!threads.length && !always)) return null;
  const jump = ({ section, quote }: Thread) => {
    const input = section && field(section);
    if (!section || !input) return;
    const found = unitsOf(text[section], quote ?? '');
    if (!found) void message.info('这几个字已经改过，请在这一部分里查看');
    input.focus();
    if (found) input.setSelectionRange(...found);
    input.scrollIntoView({ block: 'center' });
  };
  const done = () => {
    setWriting(false);
    setChosen(undefined);
  };
  return (
    <details className={styles.more} open={openOf(comments.data) > 0 || undefined}>
      <summary>批注<small>{threads.length ? `${openOf(comments.data)} 条未解决，共 ${threads.length} 条` : '选中下面的文字，可对这一处批注'}</small></summary>
      <div className={styles.inForm}>
        {mayWrite && (writing
          ? <Composer report={report} chosen={chosen} before={save} onDone={done} />
          : <div><Button size="small" onClick={() => setWriting(true)}>{chosen ? `批注所选的“${[...chosen.quote].slice(0, 12).join('')}”` : '写批注'}</Button></div>)}
        <ThreadList report={report} threads={threads} mayWrite={mayWrite} onJump={jump} />
      </div>
    </details>
  );
}
