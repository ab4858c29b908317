import { Button, Input, Modal } from 'antd';
import { useState } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import { fetchReport } from '@/features/reports/api/report';
import { qk } from '@/lib/query';
import { useMe } from '@/lib/tenant';
import type { Issue, IssueItem } from '../api/issues';
import { moved, ordinal } from '../words';
import { ReportPicker } from './ReportPicker';
import styles from './issues.module.css';

interface Props {
  issue: Issue;
  fault?: string;
  onChange: (items: IssueItem[]) => void;
}

/** The reports of a draft in their order: dragged, or moved by buttons. */
export function IssueItems({ issue, fault, onChange }: Props) {
  const [dragged, setDragged] = useState<number>();
  const [over, setOver] = useState<number>();
  const [adding, setAdding] = useState(false);
  const { items } = issue;
  const drop = (to: number) => {
    if (dragged !== undefined && dragged !== to) onChange(moved(items, dragged, to));
    setDragged(undefined);
    setOver(undefined);
  };
  return (
    <div className={styles.form}>
      {items.length === 0 && <p className={styles.hint}>还没有编入信息。</p>}
      <ol className={styles.items}>
        {items.map((item, index) => (
          <li
            key={item.report_id}
            className={styles.item}
            draggable
            data-over={over === index && dragged !== index}
            onDragStart={() => setDragged(index)}
            onDragOver={(event) => { event.preventDefault(); setOver(index); }}
            onDrop={() => drop(index)}
            onDragEnd={() => { setDragged(undefined); setOver(undefined); }}
          >
            <span className={styles.place}>{ordinal(index + 1)}</span>
            <div>
              <b>{item.title}</b>
              <small>{[item.unit, item.author_title, item.author_name].filter(Boolean).join(' ')}</small>
              {items.length > 1 && (
                <Input size="small" aria-label={`第 ${index + 1} 篇的小标题`} placeholder="小标题，不填用原标题" maxLength={100} value={item.heading ?? ''}
                  onChange={(event) => onChange(items.map((one, at) => (at === index ? { ...one, heading: event.target.value || undefined } : one)))} />
              )}
            </div>
            <span className={styles.moves}>
              <Button size="small" aria-label={`上移：${item.title}`} disabled={index === 0} onClick={() => onChange(moved(items, index, index - 1))}>上移</Button>
              <Button size="small" aria-label={`下移：${item.title}`} disabled={index === items.length - 1} onClick={() => onChange(moved(items, index, index + 1))}>下移</Button>
              <Button size="small" aria-label={`移出：${item.title}`} onClick={() => onChange(items.filter((_, at) => at !== index))}>移出</Button>
            </span>
          </li>
        ))}
      </ol>
      {fault && <p className={styles.fault} role="alert">{fault}</p>}
      <div><Button onClick={() => setAdding(true)}>选稿编入</Button></div>
      {adding && <AddDialog issue={issue} onAdd={(more) => onChange([...items, ...more])} onClose={() => setAdding(false)} />}
    </div>
  );
}

function AddDialog({ issue, onAdd, onClose }: { issue: Issue; onAdd: (items: IssueItem[]) => void; onClose: () => void }) {
  const { tenant } = useMe();
  const client = useQueryClient();
  const [picked, setPicked] = useState<string[]>([]);
  const [busy, setBusy] = useState(false);
  const add = async () => {
    setBusy(true);
    const texts = await Promise.all(picked.map((id) => client.fetchQuery({ queryKey: qk(tenant.code, 'report', id), queryFn: () => fetchReport(tenant.code, id) })));
    onAdd(texts.map((one) => ({
      report_id: one.id, number: one.number, title: one.title, problem: one.problem, cause: one.cause, advice: one.advice,
      author_name: one.author?.name, author_title: one.author?.title, unit: one.origin?.name, state: one.state,
    })));
    onClose();
  };
  return (
    <Modal open width={680} title="选稿编入" okText={`编入 ${picked.length} 篇`} okButtonProps={{ disabled: picked.length === 0, loading: busy }} onOk={() => void add().catch(() => setBusy(false))} onCancel={onClose}>
      <ReportPicker express={issue.kind === 'express'} picked={picked} without={issue.items.map((item) => item.report_id)} onPick={setPicked} />
    </Modal>
  );
}
