import { Button } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { Attachments } from '@/features/attachments/components/Attachments';
import { time } from '@/lib/format';
import { useMay } from '@/lib/tenant';
import type { Report } from '@/lib/types';
import { Panel } from '@/ui/Page';
import { Loaded } from '@/ui/plain/states';
import { StatusTag } from '@/ui/plain/StatusTag';
import { useExchanges, type Exchange } from '../api/exchanges';
import styles from './exchanges.module.css';

const DownDialog = lazy(() => import('./ExchangeDialogs').then((part) => ({ default: part.DownDialog })));
const SupplementDialog = lazy(() => import('./ExchangeDialogs').then((part) => ({ default: part.SupplementDialog })));

type Open = { what: 'remark' | 'request' } | { what: 'supplement'; request: Exchange };

/** 上下往来: remarks, requests for more and their answers, between the unit that sent a report and the one that received it. */
export default function ExchangesPanel({ report }: { report: Report }) {
  const works = useMay('report:screen') && report.state !== 'draft';
  const exchanges = useExchanges(report.id, works);
  const [open, setOpen] = useState<Open>();
  if (!works || (!report.origin && !exchanges.data?.length)) return null;
  const close = () => setOpen(undefined);
  return (
    <Panel flush title="上下往来" extra={report.origin && (
      <div className={styles.buttons}>
        <Button size="small" onClick={() => setOpen({ what: 'remark' })}>批注给下级</Button>
        <Button size="small" onClick={() => setOpen({ what: 'request' })}>要求补充材料</Button>
      </div>
    )}>
      <Loaded query={exchanges}>
        {(list) => (list.length === 0
          ? <p className={styles.none}>还没有往来。批注和补充要求会送到来稿单位的编辑，不影响本稿的办理。</p>
          : list.map((one) => <Row key={one.id} exchange={one} onAnswer={() => setOpen({ what: 'supplement', request: one })} />))}
      </Loaded>
      <Suspense>
        {(open?.what === 'remark' || open?.what === 'request') && <DownDialog report={report} kind={open.what} onClose={close} />}
        {open?.what === 'supplement' && <SupplementDialog request={open.request} onClose={close} />}
      </Suspense>
    </Panel>
  );
}

const heading = ({ kind, sent, name }: Exchange) => ({
  remark: sent ? `批注给${name}` : `${name}批注`,
  request: sent ? `请${name}补充材料` : `${name}要求补充材料`,
  supplement: sent ? `向${name}补充材料` : `${name}补充材料`,
})[kind];

function Row({ exchange, onAnswer }: { exchange: Exchange; onAnswer: () => void }) {
  const may = useMay('report:forward');
  const asks = exchange.kind === 'request';
  return (
    <div className={styles.row} data-exchange={exchange.kind}>
      <div className={styles.head}>
        <b>{heading(exchange)}</b>
        <small>{exchange.writer}　{time(exchange.at)}</small>
        {asks && (
          exchange.answered_at
            ? <StatusTag tone="ok">已补充</StatusTag>
            : <StatusTag tone={exchange.overdue ? 'risk' : 'warn'}>{exchange.overdue ? `逾期（${exchange.due_on}）` : `${exchange.due_on} 前补充`}</StatusTag>
        )}
        {exchange.sent && exchange.state && <StatusTag tone={exchange.state === 'failed' ? 'risk' : 'quiet'}>{{ queued: '正在送达', delivered: '已送达', failed: '未能送达' }[exchange.state]}</StatusTag>}
        {asks && !exchange.sent && may && <Button size="small" type={exchange.answered_at ? 'default' : 'primary'} onClick={onAnswer}>{exchange.answered_at ? '再补充' : '补充材料'}</Button>}
      </div>
      <p className={styles.text}>{exchange.text}</p>
      {exchange.attachments.length > 0 && <Attachments attachments={exchange.attachments} />}
    </div>
  );
}
