import type { Attachment, Report, ReportText, TextRules } from '@/lib/types';
import type { CoAuthor, OnBehalf, OriginNote, ReportInput } from './report';

type Mode = NonNullable<ReportInput['mode']>;
type Channel = NonNullable<ReportInput['channel']>;

/** What stands in the form: a report's input, with its files as they are shown. */
export type FormValue = Omit<ReportInput, 'attachments' | 'mode' | 'channel' | 'source_kind' | 'origin_note' | 'co_authors'> & {
  attachments: Attachment[];
  mode: Mode;
  channel: Channel;
  source_kind: string;
  origin_note: OriginNote;
  co_authors: CoAuthor[];
  /** Whose report it is, where this person writes it down for another. */
  on_behalf?: OnBehalf;
};

/** Where this page runs: the phone entry lives under /m. */
const channel = (): Channel => (location.pathname.startsWith('/m/') ? 'phone' : 'web');

const plain = {
  title: '', problem: '', cause: '', advice: '', category: '', topic: '', urgency: 'normal', class: 'ordinary', flags: [], evidence: '', attachments: [],
  mode: 'found', source_kind: '', origin_note: {}, co_authors: [],
} satisfies Partial<FormValue>;

export const emptyForm: FormValue = { ...plain, channel: channel() };

export function formOf(report: Report): FormValue {
  const { title, problem, cause, advice, category, topic, urgency, author } = report;
  return {
    title, problem, cause, advice, category, topic: topic ?? '', urgency, class: report.class, attachments: report.attachments ?? [],
    flags: report.flags, evidence: report.evidence ?? '',
    mode: (report.mode || 'found') as Mode, channel: (report.channel || 'web') as Channel, source_kind: report.source_kind ?? '', origin_note: report.origin_note ?? {},
    co_authors: (report.co_authors ?? []).map(coAuthor),
    on_behalf: author?.recorder_id ? behalf(author) : undefined,
  };
}

/** A further author in one fixed order of fields, so that two can be compared. */
export const coAuthor = ({ membership_id, name, unit, title, share }: CoAuthor): CoAuthor => ({ membership_id, name: name ?? '', unit: unit ?? '', title: title ?? '', share });

export const behalf = ({ membership_id, name, title, contact }: OnBehalf): OnBehalf => ({ membership_id, name: name ?? '', title: title ?? '', contact: contact ?? '' });

export const inputOf = (form: FormValue): ReportInput => ({ ...form, topic: form.topic ?? '', attachments: form.attachments.map((file) => file.id) });

/** All authors have the same share; what does not divide stays with the first one, as the server has it. */
export function evenShares(list: CoAuthor[]): CoAuthor[] {
  return list.map((one) => ({ ...one, share: Math.floor(10_000 / (list.length + 1)) / 100 }));
}

/** What the shares of the further authors leave to the first one. */
export const restShare = (list: CoAuthor[]): number => Math.round((100 - list.reduce((sum, one) => sum + (one.share ?? 0), 0)) * 100) / 100;

export const textOf = ({ title, problem, cause, advice }: ReportText): ReportText => ({ title, problem, cause, advice });

/** The parts of the form that differ from what is saved. */
export function changes(saved: FormValue, form: FormValue): Partial<ReportInput> {
  const before = inputOf(saved);
  const after = inputOf(form);
  const names = (Object.keys(after) as (keyof ReportInput)[]).filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]));
  return Object.fromEntries(names.map((name) => [name, after[name]]));
}

export const same = (a: FormValue, b: FormValue): boolean => Object.keys(changes(a, b)).length === 0;

const trimmed = (form: FormValue): FormValue => ({
  ...form, title: form.title.trim(), problem: form.problem.trim(), cause: form.cause.trim(), advice: form.advice.trim(), evidence: form.evidence.trim(),
});

/** Whether two forms say the same; the server drops spaces at the ends. */
export const alike = (a: FormValue, b: FormValue): boolean => same(trimmed(a), trimmed(b));

/** Whether nothing has been written yet. */
export const blank = (form: FormValue): boolean => same(emptyForm, { ...trimmed(form), urgency: 'normal', class: 'ordinary', mode: 'found', flags: [] });

/** Characters as the server counts them. */
export const length = (text: string): number => [...text.trim()].length;

/** The length of problem, cause and advice together. */
export const textLength = ({ problem, cause, advice }: ReportText): number => length(problem) + length(cause) + length(advice);

export type Faults = Partial<Record<keyof FormValue, string>>;

const requiredText: Record<TextRules['required'][number], string> = { cause: '原因分析', advice: '对策建议', evidence: '数据与来源' };

/** What is missing before the report can be submitted, by field, in the order of the form. */
export function faultsOf(form: FormValue, rules: TextRules): Faults {
  const limit = rules.draft_limit;
  const faults: Faults = {};
  const title = length(form.title);
  if (!title) faults.title = '请填写标题';
  else if (title > rules.title_limit) faults.title = `标题最多 ${rules.title_limit} 个字，现有 ${title} 个字`;
  if (!form.category) faults.category = '请选择分类';
  const total = textLength(form);
  if (!length(form.problem)) faults.problem = '请写明反映的问题';
  else if (total > limit) faults.problem = `问题、原因和建议合计最多 ${limit} 个字，现有 ${total} 个字`;
  for (const name of rules.required) {
    if (!length(form[name])) faults[name] ??= `本单位要求写明${requiredText[name]}`;
  }
  return faults;
}

/** Whether a member is one of those whose report it is. */
export const isAuthor = ({ author, co_authors }: Report, membership: string): boolean =>
  author?.membership_id === membership || author?.recorder_id === membership || Boolean(co_authors?.some((one) => one.membership_id === membership));
