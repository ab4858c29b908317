import type { FormValue } from './form';

/** The ways a report comes in that a person may name; what the program set stays to be chosen. */
export function channelChoices(now: string, office: boolean): string[] {
  const all = office ? ['web', 'phone', 'mail', 'wechat', 'proxy'] : ['web', 'phone', 'wechat'];
  return all.includes(now) ? all : [...all, now];
}

/** The kinds of source a writer may name. */
export function sourceChoices(now: string): string[] {
  const all = ['speech', 'proposal', 'unfiled_proposal', 'department', 'survey', 'consultation', 'visit', 'studio', 'station', 'citizen', 'citizen_message'];
  return !now || all.includes(now) ? all : [...all, now];
}

/** A list with the one at `from` moved to `to`. */
export function moved<T>(list: T[], from: number, to: number): T[] {
  const next = [...list];
  next.splice(to, 0, ...next.splice(from, 1));
  return next;
}

export type Change = (part: Partial<FormValue>) => void;
