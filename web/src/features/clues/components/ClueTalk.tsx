import { Button, Input } from 'antd';
import { useState } from 'react';
import { ago } from '@/lib/format';
import type { Clue } from '@/lib/types';
import { FormFault } from '@/ui/Field';
import { Loaded } from '@/ui/plain/states';
import { StatusTag } from '@/ui/plain/StatusTag';
import { useClueStep, useTalk, type TalkEntry } from '../api/clues';
import styles from './clues.module.css';

/** What was said about a clue, and what was decided. */
export function ClueTalk({ clue }: { clue: Clue }) {
  const talk = useTalk(clue.id);
  const [body, setBody] = useState('');
  const say = useClueStep();
  const may = clue.can.includes('discuss');
  const submit = () => say.mutate({ id: clue.id, step: 'talk', body: { body } }, { onSuccess: () => setBody('') });
  return (
    <section className={styles.talk} aria-label="讨论与定题">
      <h3>讨论与定题</h3>
      <Loaded query={talk}>
        {(entries) => (entries.length === 0 ? <p className={styles.none}>还没有人发言。</p> : <ol>{entries.map((entry) => <Entry key={entry.id} entry={entry} />)}</ol>)}
      </Loaded>
      {may && (
        <div className={styles.say}>
          <Input.TextArea aria-label="发言" autoSize={{ minRows: 1, maxRows: 4 }} maxLength={1000} value={body} placeholder="说说选题、角度、由谁来写" onChange={(event) => setBody(event.target.value)} />
          <Button disabled={!body.trim()} loading={say.isPending} onClick={submit}>发言</Button>
        </div>
      )}
      <FormFault error={say.error} />
    </section>
  );
}

function Entry({ entry }: { entry: TalkEntry }) {
  return (
    <li>
      <small><b>{entry.by}</b> {ago(entry.at)}</small>
      {entry.kind === 'decision' && (
        <p>
          <StatusTag tone="ok" bare>定题</StatusTag> 《{entry.topic}》{entry.writer && `，由${entry.writer}撰写`}
          {entry.angle && <><br />角度：{entry.angle}</>}
        </p>
      )}
      {entry.body && <p>{entry.body}</p>}
    </li>
  );
}
