import { Attachments } from '@/features/attachments/components/Attachments';
import { time } from '@/lib/format';
import { StatusTag } from '@/ui/plain/StatusTag';
import type { Check, Need, ProofSheet } from '../api/checks';
import styles from './checks.module.css';
import { beforeText, checkStateText, dateText, groupText, matterText, methodText, needText, resultText, resultTone } from '../api/words';

/** What the unit asks for before the next steps, and what is missing. */
export function Needs({ needs }: { needs: Need[] }) {
  if (!needs.length) return null;
  return (
    <ul className={styles.needs} aria-label="本单位的要求">
      {needs.map((need) => (
        <li key={need.what} className={styles.need}>
          <StatusTag tone={need.met ? 'ok' : 'warn'}>{need.met ? '已完成' : '待完成'}</StatusTag>
          <span>{beforeText[need.before]}须{needText[need.what]}</span>
          {need.text && <p className={styles.quiet}>{need.text}</p>}
        </li>
      ))}
    </ul>
  );
}

/** One check: who, how, and what was found; or of whom it is asked, and by when. */
export function CheckRow({ check, actions }: { check: Check; actions?: React.ReactNode }) {
  return (
    <div className={styles.row}>
      <div className={styles.rowHead}>
        <b>{matterText[check.matter]}</b>
        {check.state === 'done' && check.result
          ? <StatusTag tone={resultTone[check.result]}>{resultText[check.result]}</StatusTag>
          : <StatusTag tone={check.overdue ? 'risk' : check.state === 'asked' ? 'run' : 'quiet'}>{check.overdue ? '已超期' : checkStateText[check.state]}</StatusTag>}
        {check.changed && <StatusTag tone="warn">核实后又有修改</StatusTag>}
        <time dateTime={check.checked_at ?? check.asked_at}>{time(check.checked_at ?? check.asked_at)}</time>
      </div>
      {check.state !== 'done' && (
        <p className={styles.quiet}>
          {check.asker} 请 {check.to} 核实{check.due_on && `，${dateText(check.due_on)}前答复`}{check.reason && `；撤销理由：${check.reason}`}
        </p>
      )}
      {check.question && <p className={styles.said}>{check.question}</p>}
      {check.state === 'done' && (
        <p className={styles.said}>
          <span className={styles.quiet}>{check.checker}{check.method && `（${methodText[check.method]}）`}{check.recorder && `，${check.recorder}录入`}</span>
          {check.note && `：${check.note}`}
        </p>
      )}
      {check.attachments.length > 0 && <Attachments attachments={check.attachments} />}
      {actions}
    </div>
  );
}

/** The proof checks so far, newest first. */
export function ProofRows({ proofs }: { proofs: ProofSheet['proofs'] }) {
  return (
    <>
      {proofs.map((proof) => (
        <div key={proof.id} className={styles.row}>
          <div className={styles.rowHead}>
            <b>校对</b>
            <StatusTag tone={proof.faults ? 'risk' : 'ok'}>{proof.faults ? `${proof.faults} 处错误` : '通过'}</StatusTag>
            {proof.changed && <StatusTag tone="warn">校对后又有修改</StatusTag>}
            <time dateTime={proof.at}>{time(proof.at)}</time>
          </div>
          <p className={styles.quiet}>{proof.proofreader} · {proof.ticks.map((tick) => groupText[tick]).join('、')}</p>
          {proof.findings.filter((one) => one.decision === 'accepted').map((one) => <p key={one.key} className={styles.said}>“{one.quote}”：{one.message}</p>)}
          {proof.note && <p className={styles.said}>{proof.note}</p>}
        </div>
      ))}
    </>
  );
}
