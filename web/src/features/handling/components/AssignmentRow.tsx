import { Button } from 'antd';
import { Attachments } from '@/features/attachments/components/Attachments';
import { time } from '@/lib/format';
import { StatusTag } from '@/ui/plain/StatusTag';
import type { ActName, Assignment, Part } from '../api/assignments';
import { actText, classText, dateText, handModeText, partStateText, partTone, roleText, stepNameText, verdictText } from '../api/words';
import styles from './handling.module.css';

interface Props {
  assignment: Assignment;
  onAct: (part: Part, act: ActName) => void;
  onEnd: (what: 'close' | 'cancel') => void;
}

const stateText: Record<Assignment['state'], string> = { open: '办理中', closed: '已办结', cancelled: '已撤销' };

/** One matter with its departments, how it stands, and everything that happened. */
export function AssignmentRow({ assignment, onAct, onEnd }: Props) {
  return (
    <section className={styles.row} aria-label={`交办（${handModeText[assignment.mode]}）`}>
      <div className={styles.rowHead}>
        <b>交办（{handModeText[assignment.mode]}）</b>
        {assignment.instruction_id && <StatusTag tone="risk">领导批示</StatusTag>}
        <StatusTag tone={assignment.state === 'open' ? 'run' : assignment.state === 'closed' ? 'ok' : 'quiet'}>{stateText[assignment.state]}</StatusTag>
        {assignment.result && <StatusTag tone="ok">{classText[assignment.result]}</StatusTag>}
        <time dateTime={assignment.assigned_at}>{assignment.assigner} {time(assignment.assigned_at)}</time>
      </div>
      <p className={styles.said}>{assignment.request}</p>
      {assignment.parts.map((part) => <PartRow key={part.id} part={part} onAct={(act) => onAct(part, act)} />)}
      {assignment.voices.map((voice) => (
        <p key={voice.at} className={styles.said}>
          <StatusTag tone={voice.verdict === 'unsatisfied' ? 'risk' : 'ok'}>反映人{verdictText[voice.verdict]}</StatusTag> <span className={styles.quiet}>{voice.unit}</span>{voice.note && `：${voice.note}`}
        </p>
      ))}
      {assignment.feedback && <p className={styles.said}><b>公众反馈：</b>{assignment.feedback}</p>}
      {assignment.note && <p className={styles.quiet}>{assignment.note}</p>}
      {assignment.can.length > 0 && (
        <div className={styles.buttons}>
          {assignment.can.includes('close') && <Button size="small" type="primary" onClick={() => onEnd('close')}>办结</Button>}
          {assignment.can.includes('cancel') && <Button size="small" onClick={() => onEnd('cancel')}>撤销交办</Button>}
        </div>
      )}
      <details>
        <summary>办理经过（{assignment.steps.length}）</summary>
        <ol className={styles.steps}>
          {assignment.steps.map((step) => (
            <li key={step.id}>
              <div className={styles.rowHead}>
                <b>{step.department} {stepNameText[step.step]}</b>
                {step.due_on && <span className={styles.quiet}>期限 {dateText(step.due_on)}</span>}
                <time dateTime={step.on}>{dateText(step.on)}</time>
              </div>
              {step.note && <p className={styles.said}>{step.note}</p>}
              {step.attachments.length > 0 && <Attachments attachments={step.attachments} />}
              <p className={styles.quiet}>{step.by_hand ? `${step.recorder} 人工登记` : step.recorder}</p>
            </li>
          ))}
        </ol>
      </details>
    </section>
  );
}

function PartRow({ part, onAct }: { part: Part; onAct: (act: ActName) => void }) {
  return (
    <div className={styles.part}>
      <div className={styles.rowHead}>
        <b>{part.department}</b>
        <span className={styles.quiet}>{roleText[part.role]}</span>
        <StatusTag tone={part.overdue ? 'risk' : partTone[part.state]}>{part.overdue ? `${partStateText[part.state]}，已超期` : partStateText[part.state]}</StatusTag>
        {part.late && <StatusTag tone="warn">逾期答复</StatusTag>}
        <time dateTime={part.due_on}>{part.asked_due ? `期限 ${dateText(part.due_on)}，申请延至 ${dateText(part.asked_due)}` : `期限 ${dateText(part.due_on)}`}</time>
      </div>
      {part.answer && <p className={styles.said}>{part.answer}</p>}
      {part.can.length > 0 && (
        <div className={styles.buttons}>
          {part.can.map((act) => <Button key={act} size="small" onClick={() => onAct(act as ActName)}>{actText[act as ActName]}</Button>)}
        </div>
      )}
    </div>
  );
}
