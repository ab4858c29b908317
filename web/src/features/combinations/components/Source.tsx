import { Button, InputNumber } from 'antd';
import { fromSentence } from '@/features/reports/components/marks';
import type { Report, ReportText as Text } from '@/lib/types';
import { Panel } from '@/ui/Page';
import { ReportText, sections } from '@/ui/plain/ReportText';
import styles from './combine.module.css';

interface Props {
  report: Report;
  share: number;
  onShare: (share: number) => void;
  onAdd: (part: keyof Text, text: string) => void;
}

/** One source of a combined report: its text, its share, and its parts to be taken over. */
export function Source({ report, share, onShare, onAdd }: Props) {
  const from = fromSentence(report);
  return (
    <Panel flush className={styles.source}>
      <div className={styles.sourceHead}>
        <h2>{report.title}<small>{[from.main, from.side].filter(Boolean).join(' · ')}</small></h2>
        <InputNumber className={styles.share} aria-label={`份额：${report.title}`} min={0} max={100} precision={0} suffix="%" value={share} onChange={(value) => onShare(value ?? 0)} />
      </div>
      <div className={styles.text} tabIndex={0} role="region" aria-label={`来源正文：${report.title}`}><ReportText text={report} untitled /></div>
      {sections.map(({ name, title }) => report[name] && (
        <Button key={name} size="small" type="link" onClick={() => onAdd(name, report[name])}>取用{title}</Button>
      ))}
    </Panel>
  );
}
