import type { ReactNode } from 'react';
import { Attachments } from '@/features/attachments/components/Attachments';
import { time } from '@/lib/format';
import { StatusTag } from '@/ui/plain/StatusTag';
import type { Opinion, Sheet } from '../api/consultations';
import { dateText, dimensionText, kindText, participantText, progress, sheetStateText, sheetTone, stateOf, verdictText, verdictTone } from '../api/words';
import styles from './consultations.module.css';

interface Props {
  sheet: Sheet;
  /** The buttons of a line, and those of the whole sheet. */
  lineActions?: (opinion: Opinion) => ReactNode;
  actions?: ReactNode;
}

/** A sheet with everybody's opinion on it. */
export function SheetView({ sheet, lineActions, actions }: Props) {
  return (
    <div className={styles.sheet}>
      <div className={styles.head}>
        <b>{kindText[sheet.kind]}</b>
        <StatusTag tone={sheet.overdue ? 'risk' : sheetTone[sheet.state]}>{sheet.overdue ? '已超期' : sheetStateText[sheet.state]}</StatusTag>
        {sheet.changed && sheet.state === 'open' && <StatusTag tone="warn">征求意见后又有修改</StatusTag>}
        <span className={styles.quiet}>{progress(sheet)}</span>
        <time dateTime={sheet.started_at}>{time(sheet.started_at)}</time>
      </div>
      <p className={styles.quiet}>
        {sheet.starter}发起，{dateText(sheet.due_on)}前答复{sheet.meets_at && `；会议时间 ${time(sheet.meets_at)}`}{sheet.place && `，${sheet.place}`}
      </p>
      <p className={styles.said}>{sheet.question}</p>
      <ul className={styles.opinions} aria-label="各方意见">
        {sheet.opinions.map((opinion) => <OpinionLine key={opinion.id} sheet={sheet} opinion={opinion} actions={lineActions?.(opinion)} />)}
      </ul>
      {sheet.minutes && <p className={styles.said}><span className={styles.quiet}>研讨记录：</span>{sheet.minutes}</p>}
      {sheet.conclusion && (
        <p className={styles.said}>
          <span className={styles.quiet}>{sheet.state === 'cancelled' ? '撤销理由：' : '结论：'}</span>{sheet.conclusion}
          <span className={styles.quiet}>（{sheet.closer}，{time(sheet.closed_at)}{sheet.resulting && `，形成第 ${sheet.resulting} 版`}）</span>
        </p>
      )}
      {actions}
    </div>
  );
}

function OpinionLine({ sheet, opinion, actions }: { sheet: Sheet; opinion: Opinion; actions?: ReactNode }) {
  return (
    <li className={styles.opinion}>
      <b>{opinion.name}<small>{participantText[opinion.kind]}{opinion.outside && opinion.kind === 'expert' && '（代录）'}</small></b>
      <span>
        {opinion.verdict
          ? <StatusTag tone={verdictTone[opinion.verdict]}>{verdictText[opinion.verdict]}</StatusTag>
          : <StatusTag tone={opinion.state === 'asked' && sheet.state === 'open' ? 'run' : 'quiet'}>{stateOf(sheet, opinion)}</StatusTag>}
      </span>
      <div>
        {opinion.opinion && <p className={styles.said}>{opinion.opinion}</p>}
        {opinion.dimensions.length > 0 && (
          <p className={styles.gates}>
            {opinion.dimensions.map((one) => <span key={one.name}>{dimensionText[one.name]}：{one.passed ? '通过' : '有问题'}{one.remark && `（${one.remark}）`}</span>)}
          </p>
        )}
        {opinion.attachments.length > 0 && <Attachments attachments={opinion.attachments} />}
        {opinion.given_at && (
          <small>
            {[opinion.giver !== opinion.name && opinion.giver, time(opinion.given_at), opinion.recorder && `${opinion.recorder}录入`].filter(Boolean).join(' · ')}
            {opinion.late && ' · 逾期'}
          </small>
        )}
      </div>
      <span className={styles.buttons}>{actions}</span>
    </li>
  );
}
