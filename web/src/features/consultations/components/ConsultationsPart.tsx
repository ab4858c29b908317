import { App, Button } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { sentence } from '@/lib/errors';
import { useMay } from '@/lib/tenant';
import { Loaded } from '@/ui/plain/states';
import { useDownload } from '@/ui/useDownload';
import { useConsultations, useReleaseOpinion, type Opinion, type Sheet } from '../api/consultations';
import styles from './consultations.module.css';
import { SheetView } from './SheetView';

const StartDialog = lazy(() => import('./StartDialog').then((part) => ({ default: part.StartDialog })));
const AskMoreDialog = lazy(() => import('./StartDialog').then((part) => ({ default: part.AskMoreDialog })));
const OpinionDialog = lazy(() => import('./OpinionDialog').then((part) => ({ default: part.OpinionDialog })));
const CloseDialog = lazy(() => import('./CloseDialog').then((part) => ({ default: part.CloseDialog })));
const CancelSheetDialog = lazy(() => import('./CloseDialog').then((part) => ({ default: part.CancelSheetDialog })));

type Open = { what: 'start' } | { what: 'ask' | 'close' | 'cancel'; sheet: Sheet } | { what: 'answer'; sheet: Sheet; opinion: Opinion };

/** The sheets of a report within its panel. */
export function ConsultationsPart({ report, category }: { report: string; category?: string }) {
  const sheets = useConsultations(report);
  const starts = useMay('consultation:start');
  const [open, setOpen] = useState<Open>();
  const close = () => setOpen(undefined);
  return (
    <>
      <div className={styles.sub}>
        <h3>会商</h3>
        <div className={styles.buttons}>{starts && <Button size="small" onClick={() => setOpen({ what: 'start' })}>发起会商</Button>}</div>
      </div>
      <Loaded query={sheets}>
        {(items) => (items.length === 0
          ? <p className={styles.none}>还没有联审会审、专家征询和专题研讨。</p>
          : <>{items.map((sheet) => <One key={sheet.id} sheet={sheet} onOpen={setOpen} />)}</>)}
      </Loaded>
      <Suspense>
        {open?.what === 'start' && <StartDialog report={report} category={category} onClose={close} />}
        {open?.what === 'ask' && <AskMoreDialog sheet={open.sheet} category={category} onClose={close} />}
        {open?.what === 'close' && <CloseDialog sheet={open.sheet} onClose={close} />}
        {open?.what === 'cancel' && <CancelSheetDialog sheet={open.sheet} onClose={close} />}
        {open?.what === 'answer' && <OpinionDialog sheet={open.sheet} opinion={open.opinion} onClose={close} />}
      </Suspense>
    </>
  );
}

function One({ sheet, onOpen }: { sheet: Sheet; onOpen: (open: Open) => void }) {
  const { message } = App.useApp();
  const release = useReleaseOpinion();
  const exports = useMay('document:export');
  const file = useDownload();
  const letGo = (opinion: Opinion) => release.mutate({ opinion: opinion.id }, { onError: (error) => void message.error(sentence(error)) });
  return (
    <SheetView
      sheet={sheet}
      lineActions={(opinion) => (
        <>
          {opinion.can.includes('answer') && <Button size="small" type="primary" onClick={() => onOpen({ what: 'answer', sheet, opinion })}>{opinion.outside ? '录入意见' : '提意见'}</Button>}
          {opinion.can.includes('release') && <Button size="small" loading={release.isPending} onClick={() => letGo(opinion)}>不再征求</Button>}
        </>
      )}
      actions={
        <div className={styles.buttons}>
          {sheet.can.includes('close') && <Button size="small" type="primary" onClick={() => onOpen({ what: 'close', sheet })}>办结</Button>}
          {sheet.can.includes('ask') && <Button size="small" onClick={() => onOpen({ what: 'ask', sheet })}>增加对象</Button>}
          {sheet.can.includes('cancel') && <Button size="small" onClick={() => onOpen({ what: 'cancel', sheet })}>撤销会商</Button>}
          {exports && <Button size="small" loading={file.busy} onClick={() => void file.fetch(`/consultations/${sheet.id}/document`)}>导出意见单</Button>}
        </div>
      }
    />
  );
}
