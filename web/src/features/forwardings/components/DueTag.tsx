import { StatusTag } from '@/ui/plain/StatusTag';
import type { AnswerClock } from '../api/received';

/** 2026-12-03 as 12月3日. */
const short = (date: string) => `${Number(date.slice(5, 7))}月${Number(date.slice(8, 10))}日`;

/** By when the unit has promised to answer. */
export function DueTag({ clock }: { clock?: AnswerClock }) {
  if (!clock) return null;
  if (clock.answered_at) return <StatusTag tone={clock.overdue ? 'warn' : 'ok'}>{clock.overdue ? '逾期答复' : '按期答复'}</StatusTag>;
  return <StatusTag tone={clock.overdue ? 'risk' : 'quiet'}>{clock.overdue ? `逾期（${short(clock.due_on)}应答复）` : `${short(clock.due_on)}前答复`}</StatusTag>;
}
