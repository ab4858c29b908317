import { Checkbox } from 'antd';
import { useState } from 'react';
import { count, time } from '@/lib/format';
import { characters } from '@/lib/diff';
import { label, versionText } from '@/lib/texts';
import type { Report, ReportText as Text, Version } from '@/lib/types';
import { DiffText } from '@/ui/plain/DiffView';
import { lockedCopy } from './lockedCopy';
import styles from './three.module.css';

interface Column extends Text {
  head: string;
  note: string;
}

const parts = [['title', '标题'], ['problem', '情况反映'], ['cause', '原因分析'], ['advice', '对策建议']] as const;

const last = (versions: Version[], kind: Version['kind']) => versions.filter((version) => version.kind === kind).at(-1);

const column = (version: Version | undefined, head = ''): Column[] =>
  version && !version.fault ? [{ ...version, head: head || label(versionText, version.kind), note: [version.by, time(version.at)].filter(Boolean).join(' ') }] : [];

/** 原稿, 编辑稿 and 签发稿 as they stand; what is still being edited stands in for the edited text. */
export function threeTexts(report: Report, versions: Version[]): Column[] {
  const edited = last(versions, 'edited');
  const issued = last(versions, 'issued');
  const now: Column = { ...report, head: '编辑稿', note: '当前文字' };
  const editing = report.state === 'editing' || report.state === 'reviewing' || report.state === 'taken_up';
  return [...column(lockedCopy(versions)), ...(editing ? [now] : column(edited)), ...column(issued)];
}

/** The three texts beside each other, section by section, each with what was changed against the one before. */
export default function ThreeTexts({ report, versions }: { report: Report; versions: Version[] }) {
  const [marks, setMarks] = useState(true);
  const columns = threeTexts(report, versions);
  return (
    <div className={styles.scroll} role="region" aria-label="三稿对照" tabIndex={0}>
      <div className={styles.grid} style={{ gridTemplateColumns: `repeat(${columns.length}, minmax(230px, 1fr))` }}>
        {columns.map((one, index) => (
          <div key={one.head} className={styles.head}>
            <b>{one.head}</b>
            <small>{one.note}</small>
            <small>{count(characters(one.problem + one.cause + one.advice))} 字</small>
            {index === columns.length - 1 && <Checkbox checked={marks} onChange={(event) => setMarks(event.target.checked)}>标出改动</Checkbox>}
          </div>
        ))}
        {parts.map(([name, title]) => columns.map((one, index) => (
          <div key={`${name}-${one.head}`} className={styles.cell}>
            <h3>{title}</h3>
            {marks && index > 0 ? <DiffText before={columns[index - 1]![name]} after={one[name]} /> : <span>{one[name] || '（空）'}</span>}
          </div>
        )))}
      </div>
    </div>
  );
}
