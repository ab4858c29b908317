import { Button } from 'antd';
import { lazy, Suspense } from 'react';
import { day } from '@/lib/format';
import { useMay, useMe } from '@/lib/tenant';
import { channelText, label, modeText, sourceText } from '@/lib/texts';
import type { Report } from '@/lib/types';
import { Panel } from '@/ui/Page';
import { ReportStatus, StatusTag } from '@/ui/plain/StatusTag';
import { allowed, type ActionName } from './actions';
import { adoptionSentence, Marks } from './marks';
import { WayStrip } from './WayStrip';
import styles from './report.module.css';

const MoreActions = lazy(() => import('./MoreActions'));
const ExportMenu = lazy(() => import('@/features/issues/components/ExportMenu'));

/** The facts of a report, in words. */
function facts(report: Report): [string, string][] {
  const pairs: [string, string | undefined][] = [
    ['来文单位', report.origin?.name],
    ['作者', report.author && [report.author.name, report.author.title, report.author.share && `${report.author.share}%`, report.author.contact].filter(Boolean).join('，')],
    ['合作作者', report.co_authors?.map((one) => [one.name, one.unit, one.title, `${one.share}%`].filter(Boolean).join(' ')).join('；')],
    ['代录', report.author?.recorder],
    ['分类', [report.category, report.topic].filter(Boolean).join(' / ')],
    ['来源', report.source_kind && label(sourceText, report.source_kind)],
    ['方式', report.mode && label(modeText, report.mode)],
    ['渠道', report.channel && label(channelText, report.channel)],
    ['原出处', report.origin_note && [report.origin_note.from, report.origin_note.address, report.origin_note.date].filter(Boolean).join(' ')],
    ['提交', day(report.submitted_at)],
    ['不涉密确认', report.secrecy_check && day(report.secrecy_check.at)],
    ['采用', report.adoptions?.times ? `${report.adoptions.reports} 篇 ${report.adoptions.times} 篇次` : ''],
  ];
  return pairs.filter((pair): pair is [string, string] => Boolean(pair[1]));
}

interface Props {
  report: Report;
  author: boolean;
  busy: boolean;
  onAct: (name: ActionName) => void;
}

/** Title, state, facts and the buttons of what may be done now. */
export function ReportHead({ report, author, busy, onAct }: Props) {
  const { tenant } = useMe();
  const adopted = adoptionSentence(report);
  const buttons = allowed(report.can);
  const seldom = buttons.filter((action) => action.seldom);
  const mayExport = useMay('document:export');
  return (
    <Panel flush>
      <div className={styles.head}>
        <div className={styles.tags}>
          <ReportStatus state={report.state} author={author} />
          {adopted && <StatusTag tone="ok">{adopted}</StatusTag>}
          <Marks report={report} />
          {report.number && <span className={styles.number}>{report.number}</span>}
        </div>
        <h1>{report.title || '（未填标题）'}</h1>
        <div className={styles.meta}>
          {facts(report).map(([name, value]) => <span key={name}>{name}：<b>{value}</b></span>)}
        </div>
      </div>
      {report.state !== 'draft' && <WayStrip report={report} home={tenant.level} />}
      {(buttons.length > 0 || mayExport) && (
        <div className={styles.actions}>
          {buttons.filter((action) => !action.apart && !action.seldom).map((action, index) => (
            <Button key={action.name} type={index === 0 ? 'primary' : 'default'} disabled={busy} onClick={() => onAct(action.name)}>{action.text}</Button>
          ))}
          {seldom.length > 0 && <Suspense><MoreActions actions={seldom} busy={busy} onAct={onAct} /></Suspense>}
          {report.state !== 'draft' && mayExport && <Suspense><ExportMenu report={report.id} /></Suspense>}
          <i />
          {buttons.filter((action) => action.apart).map((action) => (
            <Button key={action.name} disabled={busy} onClick={() => onAct(action.name)}>{action.text}</Button>
          ))}
        </div>
      )}
    </Panel>
  );
}
