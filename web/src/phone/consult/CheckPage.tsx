import { useState } from 'react';
import { useUploads } from '@/features/attachments/api/useUploads';
import { useAnswerCheck, useCheck, useReadVersion, type Check, type Method, type Result } from '@/features/checks/api/checks';
import { dateText, matterText, methodText, resultText, resultTone } from '@/features/checks/api/words';
import { isApiError, sentence } from '@/lib/errors';
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

/** One request to check a report: what is asked, the text, the answer. */
export function CheckPage({ id }: { id: string }) {
  const check = useCheck(id);
  return (
    <Loaded query={check}>
      {(data) => (data.can.includes('answer') ? <Answering check={data} /> : <Page title="请您核实"><Asked check={data} /></Page>)}
    </Loaded>
  );
}

function Asked({ check }: { check: Check }) {
  return (
    <Card title={matterText[check.matter]}>
      <p className={styles.title}>{check.report_title}</p>
      {check.asker && <p className={styles.quiet}>{check.asker}请{check.to}核实{check.due_on && `，${dateText(check.due_on)}前答复`}</p>}
      {check.question && <p className={styles.said}>{check.question}</p>}
      {check.state === 'cancelled' && <p className={styles.said}>已撤销：{check.reason}</p>}
      {check.state === 'done' && check.result && (
        <>
          <p className={styles.line}><StatusTag tone={resultTone[check.result]}>{resultText[check.result]}</StatusTag>{check.checker}{check.method && `（${methodText[check.method]}）`}</p>
          {check.note && <p className={styles.said}>{check.note}</p>}
          <Files files={check.attachments} />
        </>
      )}
    </Card>
  );
}

function Answering({ check }: { check: Check }) {
  const tenant = useTenantCode();
  const { text, version, stale } = useReadVersion(check.report_id);
  const [method, setMethod] = useState<Method>();
  const [result, setResult] = useState<Result>();
  const [note, setNote] = useState('');
  const [files, setFiles] = useState<Attachment[]>([]);
  const uploads = useUploads((file) => setFiles((now) => [...now, file]));
  const answer = useAnswerCheck();
  const faults = isApiError(answer.error) ? answer.error.byField : {};
  // A promise: the fresh check may take this form away before the callback of a mutation would be called.
  const send = () => {
    if (!method || !result || version === undefined) return;
    void answer.mutateAsync({ check: check.id, version, method, result, note: note.trim(), attachments: files.map((file) => file.id) })
      .then(() => go(`/t/${tenant}/consultations`, { replace: true, flash: '已答复，谢谢' }), stale);
  };
  const ready = method && result && version !== undefined && !uploads.busy && !answer.isPending;
  return (
    <Page title="请您核实" actions={<Button main disabled={!ready} onClick={send}>{answer.isPending ? '正在提交…' : uploads.busy ? '附件还在上传' : '答复'}</Button>}>
      <Asked check={check} />
      <Card title="信息正文"><Loaded query={text}>{(data) => <ReportText text={data} />}</Loaded></Card>
      <Card title="答复">
        <Choice name="method" legend="核实方式" texts={methodText} value={method} fault={faults.method} onChange={setMethod} />
        <Choice name="result" legend="核实结果" texts={resultText} value={result} fault={faults.result} onChange={setResult} />
        <TextField name="note" label="核实到的情况" rows={4} hint="向谁了解、哪些数据需要更正；属实可不填" value={note} fault={faults.note} onChange={setNote} />
        <FileField files={files} uploads={uploads} fault={faults.attachments} onRemove={(id) => setFiles((now) => now.filter((one) => one.id !== id))} />
        {answer.error && <p className={styles.fault} role="alert">{sentence(answer.error)}</p>}
      </Card>
    </Page>
  );
}
