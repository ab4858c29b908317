import { useState } from 'react';
import { useUploads } from '@/features/attachments/api/useUploads';
import { useInvitedText } from '@/features/checks/api/checks';
import { useGiveOpinion, useSheet, type Opinion, type Sheet, type Verdict } from '@/features/consultations/api/consultations';
import { dateText, dimensionText, kindText, sheetStateText, stateOf, verdictText, verdictTone } from '@/features/consultations/api/words';
import { isApiError, sentence } from '@/lib/errors';
import { time } from '@/lib/format';
import { useTenantCode } from '@/lib/tenant';
import type { Attachment } from '@/lib/types';
import { Button } from '@/ui/plain/Button';
import { ReportText } from '@/ui/plain/ReportText';
import { Loaded } from '@/ui/plain/states';
import { StatusTag } from '@/ui/plain/StatusTag';
import { Card, Page } from '../frame/Page';
import { go } from '../frame/router';
import { Files } from '../report/Files';
import { TextField } from '../write/fields';
import FileField from '../write/FileField';
import { Choice } from './Choice';
import styles from './consult.module.css';

/** One sheet as an invited person sees it: the question, the text, the opinion to give and those that may be seen. */
export function SheetPage({ id }: { id: string }) {
  const sheet = useSheet(id);
  return (
    <Loaded query={sheet}>
      {(data) => {
        const mine = data.opinions.find((one) => one.can.includes('answer') && !one.outside);
        if (mine) return <Answering sheet={data} opinion={mine} />;
        return <Page title={kindText[data.kind]}><Asked sheet={data} /><Said sheet={data} /></Page>;
      }}
    </Loaded>
  );
}

function Asked({ sheet }: { sheet: Sheet }) {
  const text = useInvitedText(sheet.report_id, sheet.state === 'open');
  return (
    <>
      <Card>
        <p className={styles.line}><StatusTag tone={sheet.overdue ? 'risk' : 'run'}>{sheet.overdue ? '已超期' : sheetStateText[sheet.state]}</StatusTag>{sheet.starter}发起，{dateText(sheet.due_on)}前答复</p>
        <p className={styles.title}>{sheet.report_title}</p>
        {sheet.meets_at && <p className={styles.quiet}>会议时间 {time(sheet.meets_at)}{sheet.place && `，${sheet.place}`}</p>}
        <p className={styles.said}>{sheet.question}</p>
        {sheet.minutes && <p className={styles.said}>研讨记录：{sheet.minutes}</p>}
        {sheet.conclusion && <p className={styles.said}>{sheet.state === 'cancelled' ? '撤销理由' : '结论'}：{sheet.conclusion}</p>}
      </Card>
      {sheet.state === 'open' && <Card title="信息正文"><Loaded query={text}>{(data) => <ReportText text={data} />}</Loaded></Card>}
    </>
  );
}

/** What was said so far: one's own opinion, in a workshop everybody's. */
function Said({ sheet }: { sheet: Sheet }) {
  if (!sheet.opinions.length) return null;
  return (
    <Card title={sheet.kind === 'workshop' ? '各方意见' : '您的意见'}>
      <ul className={styles.list}>
        {sheet.opinions.map((one) => (
          <li key={one.id} className={styles.item}>
            <span className={styles.line}>
              <strong>{one.name}</strong>
              {one.verdict ? <StatusTag tone={verdictTone[one.verdict]}>{verdictText[one.verdict]}</StatusTag> : <StatusTag>{stateOf(sheet, one)}</StatusTag>}
            </span>
            {one.opinion && <p className={styles.said}>{one.opinion}</p>}
            {one.dimensions.map((gate) => <p key={gate.name} className={styles.quiet}>{dimensionText[gate.name]}：{gate.passed ? '通过' : '有问题'}{gate.remark && `（${gate.remark}）`}</p>)}
            <Files files={one.attachments} />
          </li>
        ))}
      </ul>
    </Card>
  );
}

function Answering({ sheet, opinion }: { sheet: Sheet; opinion: Opinion }) {
  const tenant = useTenantCode();
  const [verdict, setVerdict] = useState<Verdict>();
  const [text, setText] = useState('');
  const [files, setFiles] = useState<Attachment[]>([]);
  const uploads = useUploads((file) => setFiles((now) => [...now, file]));
  const give = useGiveOpinion();
  const faults = isApiError(give.error) ? give.error.byField : {};
  // A promise: the fresh sheet may take this form away before the callback of a mutation would be called.
  const send = () =>
    void give.mutateAsync({ opinion: opinion.id, verdict, text: text.trim(), dimensions: [], attachments: files.map((file) => file.id) })
      .then(() => go(`/t/${tenant}/consultations`, { replace: true, flash: '意见已提出，谢谢' }), () => undefined);
  const ready = verdict && !uploads.busy && !give.isPending;
  return (
    <Page title={`${kindText[sheet.kind]}：提意见`} actions={<Button main disabled={!ready} onClick={send}>{give.isPending ? '正在提交…' : uploads.busy ? '附件还在上传' : '提出意见'}</Button>}>
      <Asked sheet={sheet} />
      {sheet.opinions.length > 1 && <Said sheet={sheet} />}
      <Card title={opinion.kind === 'unit' ? `${opinion.name}的意见` : '您的意见'}>
        <Choice name="verdict" legend="总的意见" texts={verdictText} value={verdict} fault={faults.verdict} onChange={setVerdict} />
        <TextField name="opinion" label="具体意见" rows={5} hint="建议修改或不同意的，请写明意见" value={text} fault={faults.opinion} onChange={setText} />
        <FileField files={files} uploads={uploads} fault={faults.attachments} onRemove={(id) => setFiles((now) => now.filter((one) => one.id !== id))} />
        {give.error && <p className={styles.fault} role="alert">{sentence(give.error)}</p>}
      </Card>
    </Page>
  );
}
