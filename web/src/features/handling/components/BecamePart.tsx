import { Button, Input, Radio } from 'antd';
import { useState } from 'react';
import { day } from '@/lib/format';
import type { Outcome, Report } from '@/lib/types';
import { faultsOf, FormFault } from '@/ui/Field';
import { StatusTag } from '@/ui/plain/StatusTag';
import { useSatisfactions, useSay, type Verdict } from '../api/satisfactions';
import { becameText, verdicts, verdictText } from '../api/words';
import styles from './handling.module.css';

/** What other units, or one's own, told of the report; its author says how satisfied he is with the answer. */
export function BecamePart({ report, told, author }: { report: Report; told: Outcome[]; author: boolean }) {
  const said = useSatisfactions(report.id);
  return (
    <>
      {told.map((one) => {
        const verdict = said.data?.find((other) => other.event === one.event);
        return (
          <div key={one.event} className={styles.row}>
            <div className={styles.rowHead}>
              <b>{becameText(one)}</b><span className={styles.quiet}>{one.name}</span>
              {verdict && <StatusTag tone={verdict.verdict === 'unsatisfied' ? 'risk' : 'ok'}>反映人{verdictText[verdict.verdict]}</StatusTag>}
              <time dateTime={one.occurred_at}>{day(one.occurred_at)}</time>
            </div>
            {one.words && <p className={styles.said}>{one.words}</p>}
            {author && one.kind === 'answered' && one.event && said.data && !verdict && <Rate report={report.id} event={one.event} />}
          </div>
        );
      })}
    </>
  );
}

function Rate({ report, event }: { report: string; event: string }) {
  const [verdict, setVerdict] = useState<Verdict>();
  const [note, setNote] = useState('');
  const say = useSay();
  const faults = faultsOf(say.error);
  return (
    <div className={styles.verdict}>
      <p>您对这次办理答复是否满意？</p>
      <Radio.Group aria-label="满意度" value={verdict} onChange={(change) => setVerdict(change.target.value)} options={verdicts.map((value) => ({ value, label: verdictText[value] }))} />
      <Input.TextArea aria-label="评价说明" rows={2} maxLength={500} placeholder={verdict === 'unsatisfied' ? '请写明不满意的原因' : '可补充说明'} value={note} onChange={(change) => setNote(change.target.value)} />
      {faults.note && <span className={styles.fault}>{faults.note}</span>}
      <FormFault error={say.error} />
      <div><Button type="primary" loading={say.isPending} disabled={!verdict} onClick={() => verdict && say.mutate({ report, event, verdict, note: note.trim() || undefined })}>提交评价</Button></div>
    </div>
  );
}
