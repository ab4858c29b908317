import { App, Button, Input } from 'antd';
import { useState } from 'react';
import { isApiError, sentence } from '@/lib/errors';
import { ago } from '@/lib/format';
import { sectionText, useResolve, useWriteComment, type Comment, type Thread } from '../api/comments';
import styles from './comments.module.css';

interface Props {
  report: string;
  threads: Thread[];
  mayWrite: boolean;
  current?: string;
  onJump: (thread: Thread) => void;
}

/** What is said, thread by thread: the place it is about, the answers, and whether it is settled. */
export function ThreadList({ report, threads, mayWrite, current, onJump }: Props) {
  return (
    <ul className={styles.list} aria-label="批注">
      {threads.map((thread) => (
        <li key={thread.id} data-comment={thread.id} className={`${styles.thread} ${thread.id === current ? styles.on : ''} ${thread.resolved_at ? styles.done : ''}`}>
          <Place thread={thread} onJump={onJump} />
          <Said one={thread} />
          {thread.answers.length > 0 && <div className={styles.answers}>{thread.answers.map((one) => <Said key={one.id} one={one} />)}</div>}
          <Verbs report={report} thread={thread} mayWrite={mayWrite} />
        </li>
      ))}
    </ul>
  );
}

function Place({ thread, onJump }: { thread: Thread; onJump: Props['onJump'] }) {
  if (!thread.section) return null;
  const where = sectionText[thread.section];
  if (!thread.quote) return <p className={styles.quote}>{where}</p>;
  if (thread.place < 0) return <p className={styles.quote}>{where}：“{thread.quote}”（原文已改）</p>;
  return <button type="button" className={styles.quote} title="定位到原文" onClick={() => onJump(thread)}>{where}：“{thread.quote}”</button>;
}

function Said({ one }: { one: Comment }) {
  return (
    <div className={styles.said}>
      <b>{one.by}</b>{one.of_author && <small>作者</small>}<small><time dateTime={one.written_at}>{ago(one.written_at)}</time></small>
      <p>{one.text}</p>
    </div>
  );
}

function Verbs({ report, thread, mayWrite }: { report: string; thread: Thread; mayWrite: boolean }) {
  const { message } = App.useApp();
  const [answering, setAnswering] = useState(false);
  const [text, setText] = useState('');
  const write = useWriteComment(report);
  const resolve = useResolve();
  const settled = Boolean(thread.resolved_at);
  const send = () =>
    write.mutate({ thread: thread.id, text: text.trim() }, {
      onSuccess: () => {
        setText('');
        setAnswering(false);
      },
    });
  const settle = () => resolve.mutate({ id: thread.id, resolved: !settled }, { onError: (error) => void message.error(sentence(error)) });
  return (
    <>
      {answering && (
        <div className={styles.field}>
          <Input.TextArea aria-label="答复" autoFocus value={text} maxLength={500} autoSize={{ minRows: 2, maxRows: 8 }} onChange={(event) => setText(event.target.value)} />
          {write.error && <span className={styles.fault} role="alert">{(isApiError(write.error) && write.error.byField.text) || sentence(write.error)}</span>}
        </div>
      )}
      <div className={styles.buttons}>
        {mayWrite && (answering ? (
          <>
            <Button size="small" type="primary" disabled={!text.trim()} loading={write.isPending} onClick={send}>发送答复</Button>
            <Button size="small" type="text" onClick={() => setAnswering(false)}>取消</Button>
          </>
        ) : <Button size="small" onClick={() => setAnswering(true)}>答复</Button>)}
        {mayWrite && !answering && <Button size="small" type="text" loading={resolve.isPending} onClick={settle}>{settled ? '重新打开' : '标为已解决'}</Button>}
        {settled && <small>{thread.resolved_by} 已解决</small>}
      </div>
    </>
  );
}
