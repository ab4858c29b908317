import { passages } from '@/lib/passages';
import type { ReportText } from '@/lib/types';
import type { Part } from './links';

export const FEWEST = 2;
export const MOST = 6;

export type Section = 'problem' | 'cause' | 'advice';
export const sectionNames: Section[] = ['problem', 'cause', 'advice'];

/** A sentence of the whole, to be put into parts. */
export interface Sentence {
  key: string;
  section: Section;
  text: string;
}

/** The sentences of a text, section by section. */
export const sentencesOf = (text: ReportText): Sentence[] =>
  sectionNames.flatMap((section) => passages(text[section]).flatMap((one, index) => (one.trim() ? [{ key: `${section}/${index}`, section, text: one }] : [])));

export const emptyPart = (category: string): Required<Part> => ({ title: '', problem: '', cause: '', advice: '', category });

/** A part with sentences put at the end of their sections, in the order of the whole. */
export function withSentences(part: Required<Part>, sentences: Sentence[]): Required<Part> {
  return sentences.reduce((now, { section, text }) => ({ ...now, [section]: now[section] + text }), part);
}

/** What the server says against the parts: `parts.0.title` becomes { 0: { title } }. */
export function partFaults(faults: { location?: string; message: string }[]): Record<number, Record<string, string>> {
  const found: Record<number, Record<string, string>> = {};
  for (const { location, message } of faults) {
    const at = /parts[.[/](\d+)\]?[./](\w+)$/.exec(location ?? '');
    if (at) (found[Number(at[1])] ??= {})[at[2]!] = message.replace(/^第 \d+ 篇：/, '');
  }
  return found;
}
