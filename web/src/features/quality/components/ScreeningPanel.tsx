import { App, Button, Checkbox, Input, Radio } from 'antd';
import { useState } from 'react';
import { sentence } from '@/lib/errors';
import { time } from '@/lib/format';
import { useShortcuts } from '@/lib/shortcuts';
import { flagText } from '@/lib/texts';
import type { Flag, Report } from '@/lib/types';
import { Panel } from '@/ui/Page';
import { Loaded } from '@/ui/plain/states';
import { scoreOf, useScreen, useScreening, type Screening } from '../api/screenings';
import Checklist from './Checklist';
import HintsPanel from './HintsPanel';
import styles from './quality.module.css';

interface Props {
  report: Report;
  /** Told before a score is sent, so that a page of a list can hold on to the report. */
  onSave?: () => void;
}

/** The first screening: marks by the unit's criteria, flags, and beside them what the hints say. */
export default function ScreeningPanel({ report, onSave }: Props) {
  const screening = useScreening(report.id);
  return (
    <>
      <Panel title="初筛">
        <Loaded query={screening}>{(data) => <Form key={report.id} report={report} screening={data} onSave={onSave} />}</Loaded>
      </Panel>
      <HintsPanel text={report} />
      <Checklist report={report.id} moments={['screening']} />
    </>
  );
}

const MARKS = [0, 1, 2, 3, 4, 5];

function Form({ report, screening, onSave }: Props & { screening: Screening }) {
  const { message } = App.useApp();
  const last = screening.given[0];
  const { criteria, suggestion } = screening;
  const [marks, setMarks] = useState<Record<string, number | undefined>>(() => Object.fromEntries((last?.marks ?? []).map((one) => [one.code, one.mark])));
  const [flags, setFlags] = useState<Flag[]>(report.flags);
  const [note, setNote] = useState('');
  const [at, setAt] = useState(0);
  const save = useScreen();
  const score = scoreOf(criteria, marks);
  const give = (index: number, mark: number) => {
    const one = criteria[index];
    if (!one) return;
    setMarks({ ...marks, [one.code]: mark });
    setAt(Math.min(index + 1, criteria.length - 1));
  };
  const submit = () => {
    if (score === undefined) return void message.warning('请为每一项评分。');
    onSave?.(); // before it is sent: a score takes the report up, and the lists may hear of that before the answer is here
    save.mutate({ report: report.id, marks: Object.fromEntries(criteria.map((one) => [one.code, marks[one.code]!])), flags, note: note.trim() }, {
      onSuccess: () => {
        void message.success(`初筛 ${score} 分，已按分数排入队列`);
        setNote('');
      },
      onError: (error) => void message.error(sentence(error)),
    });
  };
  // The digits mark the criterion that is next; the arrow keys of a group still work when it has the focus.
  useShortcuts(Object.fromEntries([...MARKS.map((mark): [string, () => void] => [String(mark), () => give(at, mark)]), ['s', submit]]));
  const suggested = Object.fromEntries(suggestion.marks.map((one) => [one.code, one]));
  return (
    <div className={styles.screening}>
      {criteria.map((one, index) => (
        <div key={one.code} className={`${styles.criterion} ${index === at ? styles.next : ''}`}>
          <div><b>{one.name}</b><small>占 {one.weight}，{one.hint}</small></div>
          <Radio.Group
            aria-label={one.name}
            optionType="button"
            size="small"
            value={marks[one.code]}
            onFocus={() => setAt(index)}
            onChange={(event) => give(index, event.target.value)}
            options={MARKS.map((mark) => ({ value: mark, label: String(mark) }))}
          />
          {suggested[one.code] && (
            <small>提示建议 {suggested[one.code]!.mark} 分{suggested[one.code]!.reasons.length > 0 && `：${suggested[one.code]!.reasons.join('；')}`}</small>
          )}
        </div>
      ))}
      <div role="group" aria-label="初筛标记" className={styles.row}>
        {(Object.keys(flagText) as Flag[]).map((flag) => (
          <Checkbox key={flag} checked={flags.includes(flag)} onChange={(event) => setFlags(event.target.checked ? [...flags, flag] : flags.filter((one) => one !== flag))}>{flagText[flag]}</Checkbox>
        ))}
      </div>
      <Input value={note} maxLength={500} aria-label="初筛意见" placeholder="初筛意见（可不填，仅本单位可见）" onChange={(event) => setNote(event.target.value)} />
      <div className={styles.row}>
        <Button type="primary" loading={save.isPending} onClick={submit}>{last ? '重新评分' : '评分'}</Button>
        <b className={styles.score}>{score === undefined ? '未评完' : `${score} 分`}</b>
        <small>建议 {suggestion.score} 分，仅供参考；数字键 0–5 评分，S 保存</small>
      </div>
      {screening.given.map((one) => (
        <p key={one.id} className={styles.given}>
          <b>{one.score} 分</b>　{one.by}　{time(one.at)}　{one.marks.map((mark) => `${mark.name} ${mark.mark}`).join('，')}{one.note && `　“${one.note}”`}
        </p>
      ))}
    </div>
  );
}
