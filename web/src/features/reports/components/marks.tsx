import { classText, flagText, formText, label, levelText, levels, urgencyText } from '@/lib/texts';
import type { Report } from '@/lib/types';
import { StatusTag } from '@/ui/plain/StatusTag';

/** Urgency, class, flags, score and a missing advice, only where they say something. */
export function Marks({ report }: { report: Report }) {
  return (
    <>
      {report.urgency !== 'normal' && <StatusTag bare tone="risk">{label(urgencyText, report.urgency)}</StatusTag>}
      {report.class === 'important' && <StatusTag bare tone="warn">{classText.important}</StatusTag>}
      {report.kind === 'problem' && report.state !== 'draft' && <StatusTag bare>只报问题</StatusTag>}
      {report.score !== undefined && <StatusTag bare tone="run">初筛 {report.score}</StatusTag>}
      {report.flags?.map((flag) => <StatusTag bare key={flag} tone="warn">{label(flagText, flag)}</StatusTag>)}
    </>
  );
}

/** The highest adoption of a report, in words: 省级 单篇采用. */
export function adoptionSentence(report: Report): string {
  const adopted = report.outcomes?.filter((outcome) => outcome.kind === 'adopted') ?? [];
  const top = [...adopted].sort((a, b) => levels.indexOf(b.level) - levels.indexOf(a.level))[0];
  if (!top) return '';
  return `${label(levelText, top.level)}${top.form ? formText[top.form] : '采用'}`;
}

/** Where a report comes from: the sending unit, or its author. */
export function fromSentence(report: Report): { main: string; side: string } {
  if (report.origin) return { main: report.origin.name, side: '下级来文' };
  if (report.sources?.length) return { main: '综合采编', side: `${report.sources.length} 篇来源` };
  return { main: report.author?.name ?? '—', side: report.author?.title ?? '' };
}
