import { useState } from 'react';
import { sectionText, threadsOf, useComments, useResolve, useWriteComment, type Comment, type Thread } from '@/features/comments/api/comments';
import { isApiError, sentence } from '@/lib/errors';
import { ago } from '@/lib/format';
import { useMay } from '@/lib/tenant';
import { Button } from '@/ui/plain/Button';
import { Card } from '../frame/Page';
import styles from './talk.module.css';

interface Props {
  report: string;
  /** Whether a first word may be written here; left out, only what was said is shown. */
  begins?: boolean;
}

/** What the office and the author say about the text: read, answered, settled. */
export default function Talk({ report, begins }: Props) {
  const comments = useComments(report);
  const mayWrite = useMay('comment:write');
  if (!comments.data) return null;
  const threads = threadsOf(comments.data);
  const open = threads.filter((one) => !one.resolved_at);
  const settled = threads.filter((one) => one.resolved_at);
  if (!threads.length && !(begins && mayWrite)) return null;
  return (
    <Card title={open.length ? `批注（${open.length} 条未解决）` : '批注'}>
      <ul className={styles.threads}>{open.map((one) => <li key={one.id}><Item report={report} thread={one} mayWrite={mayWrite} /></li>)}</ul>
      {settled.length > 0 && (
        <details className={styles.settled}>
          <summary>已解决 {settled.length} 条</summary>
          <ul className={styles.threads}>{settled.map((one) => <li key={one.id}><Item report={report} thread={one} mayWrite={mayWrite} /></li>)}</ul>
        </details>
      )}
      {begins && mayWrite && <Words report={report} label="给编辑留言" />}
    </Card>
  );
}

function Item({ report, thread, mayWrite }: { report: string; thread: Thread; mayWrite: boolean }) {
  const resolve = useResolve();
  const settled = Boolean(thread.resolved_at);
  return (
    <>
      {thread.section && <blockquote className={styles.quote}>{sectionText[thread.section]}{thread.quote && `：“${thread.quote}”`}{thread.place < 0 && '（原文已改）'}</blockquote>}
      {[thread, ...thread.answers].map((one) => <Said key={one.id} one={one} />)}
      {mayWrite && (
        <div className={styles.verbs}>
          <Words report={report} thread={thread.id} label="答复" />
          <button type="button" className={styles.settle} disabled={resolve.isPending} onClick={() => resolve.mutate({ id: thread.id, resolved: !settled })}>{settled ? '重新打开' : '标为已解决'}</button>
        </div>
      )}
      {resolve.error && <p className={styles.fault} role="alert">{sentence(resolve.error)}</p>}
    </>
  );
}

function Said({ one }: { one: Comment }) {
  return (
    <div className={styles.said}>
      <span><b>{one.by}</b>{one.of_author && '（作者）'} <time dateTime={one.written_at}>{ago(one.written_at)}</time></span>
      <p>{one.text}</p>
    </div>
  );
}

/** A button that opens a field for a comment or an answer. */
function Words({ report, thread, label }: { report: string; thread?: string; label: string }) {
  const [open, setOpen] = useState(false);
  const [text, setText] = useState('');
  const write = useWriteComment(report);
  if (!open) return <Button onClick={() => setOpen(true)}>{label}</Button>;
  const send = () =>
    void write.mutateAsync({ thread, text: text.trim() }).then(() => {
      setText('');
      setOpen(false);
    }, () => undefined);
  return (
    <div className={styles.words}>
      <textarea rows={3} maxLength={500} autoFocus aria-label={label} value={text} onChange={(event) => setText(event.target.value)} />
      {write.error && <p className={styles.fault} role="alert">{(isApiError(write.error) && write.error.byField.text) || sentence(write.error)}</p>}
      <div className={styles.buttons}>
        <Button onClick={() => setOpen(false)}>取消</Button>
        <Button main disabled={!text.trim() || write.isPending} onClick={send}>{write.isPending ? '正在发送…' : '发送'}</Button>
      </div>
    </div>
  );
}
