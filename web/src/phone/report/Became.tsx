import { useState } from 'react';
import { becameOf, useSatisfactions, useSay, type Verdict } from '@/features/handling/api/satisfactions';
import { becameText, verdicts, verdictText } from '@/features/handling/api/words';
import { isApiError, sentence } from '@/lib/errors';
import { day } from '@/lib/format';
import type { Report } from '@/lib/types';
import { Button } from '@/ui/plain/Button';
import { Card } from '../frame/Page';
import styles from './became.module.css';

/** What became of a report: leaders' instructions, the departments' answer, the result; and the author's word on it. */
export default function Became({ report, author }: { report: Report; author: boolean }) {
  const told = becameOf(report.outcomes);
  const said = useSatisfactions(report.id, told.length > 0);
  if (!told.length) return null;
  return (
    <Card title="批示与办理">
      <ul className={styles.list}>
        {told.map((one) => {
          const verdict = said.data?.find((other) => other.event === one.event);
          return (
            <li key={one.event}>
              <b>{becameText(one)}</b>
              <span className={styles.quiet}>{one.name} · {day(one.occurred_at)}</span>
              {one.words && <p className={styles.words}>{one.words}</p>}
              {verdict && <p className={styles.verdict}>{author ? '您的评价' : '反映人评价'}：{verdictText[verdict.verdict]}</p>}
              {author && one.kind === 'answered' && one.event && said.data && !verdict && <Rate report={report.id} event={one.event} />}
            </li>
          );
        })}
      </ul>
    </Card>
  );
}

function Rate({ report, event }: { report: string; event: string }) {
  const [verdict, setVerdict] = useState<Verdict>();
  const [note, setNote] = useState('');
  const say = useSay();
  return (
    <fieldset className={styles.rate}>
      <legend>您对这次办理答复是否满意？</legend>
      <div className={styles.choices}>
        {verdicts.map((value) => (
          <label key={value}><input type="radio" name={event} checked={verdict === value} onChange={() => setVerdict(value)} />{verdictText[value]}</label>
        ))}
      </div>
      {verdict && (
        <label className={styles.note}>
          {verdict === 'unsatisfied' ? '不满意的原因' : '补充说明（可不填）'}
          <textarea rows={2} maxLength={500} value={note} onChange={(change) => setNote(change.target.value)} />
        </label>
      )}
      {say.error && <p className={styles.fault} role="alert">{(isApiError(say.error) && say.error.byField.note) || sentence(say.error)}</p>}
      <Button main disabled={!verdict || say.isPending} onClick={() => verdict && say.mutate({ report, event, verdict, note: note.trim() || undefined })}>
        {say.isPending ? '正在提交…' : '提交评价'}
      </Button>
    </fieldset>
  );
}
