import type { ReportInput } from '../api/report';
import type { Attachment, Report, ReportText } from '@/lib/types';

/** What stands in the form: a report's input, with its files as they are shown. */
export type FormValue = Omit<ReportInput, 'attachments'> & { attachments: Attachment[] };

export const emptyForm: FormValue = {
  title: '', problem: '', cause: '', advice: '', category: '', topic: undefined, urgency: 'normal', class: 'ordinary', attachments: [],
};

export function formOf(report: Report): FormValue {
  const { title, problem, cause, advice, category, topic, urgency } = report;
  return { title, problem, cause, advice, category, topic: topic || undefined, urgency, class: report.class, attachments: report.attachments ?? [] };
}

export const inputOf = (form: FormValue): ReportInput => ({ ...form, attachments: form.attachments.map((file) => file.id) });

export const textOf = ({ title, problem, cause, advice }: ReportText): ReportText => ({ title, problem, cause, advice });

/** Only what differs from the saved text, so that an edit touches nothing else. */
export function changes(saved: FormValue, form: FormValue): Partial<ReportInput> {
  const before = inputOf(saved);
  const after = inputOf(form);
  const names = (Object.keys(after) as (keyof ReportInput)[]).filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]));
  return Object.fromEntries(names.map((name) => [name, after[name] ?? '']));
}

export const sameForm = (a: FormValue, b: FormValue): boolean => Object.keys(changes(a, b)).length === 0;

/** Whether nothing has been written yet. */
export const blank = (form: FormValue): boolean => sameForm(emptyForm, { ...form, urgency: 'normal', class: 'ordinary' });
