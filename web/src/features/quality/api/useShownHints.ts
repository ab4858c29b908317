import type { ShownHint } from '@/lib/hints';
import { useHints, type Hint, type ReadText, type Section } from './hints';
import { jump, masked, quoted } from './places';

export const sectionText: Record<Section, string> = { title: '标题', problem: '问题', cause: '原因', advice: '建议', evidence: '数据与来源' };

const QUOTE = 24;
const short = (text: string) => (Array.from(text).length > QUOTE ? `${Array.from(text).slice(0, QUOTE).join('')}…` : text);

interface Options {
  text: ReadText;
  /** The field of a section, as a selector; left out: the text cannot be changed here. */
  fieldOf?: (section: Section) => string;
  onChange?: (change: Partial<Record<Section, string>>) => void;
}

/** The hints on a text as the list shows them: where each is, and what a click on it does. */
export function useShownHints({ text, fieldOf, onChange }: Options) {
  const query = useHints(text);
  const now: Record<Section, string> = { title: text.title, problem: text.problem, cause: text.cause, advice: text.advice, evidence: text.evidence ?? '' };
  const read = query.data;
  const found: Hint[] = read && Object.values(now).some((part) => part.trim()) ? read.items : [];
  const maskOne = (hint: Hint, over: Record<Section, string>) => {
    const after = read && masked(over[hint.section], read.text[hint.section], hint);
    return after === undefined ? over : { ...over, [hint.section]: after };
  };
  const apply = (hints: Hint[]) => {
    const after = hints.reduce((over, hint) => maskOne(hint, over), now);
    const changed = (Object.keys(after) as Section[]).filter((name) => after[name] !== now[name]);
    if (changed.length) onChange?.(Object.fromEntries(changed.map((name) => [name, after[name]])));
  };
  const personal = found.filter((hint) => hint.replacement);
  const hints: ShownHint[] = found.map((hint, index) => ({
    key: `${hint.code}-${hint.section}-${hint.offset}-${index}`,
    severity: hint.severity,
    section: sectionText[hint.section],
    quote: read ? short(quoted(read.text[hint.section], hint)) : '',
    text: hint.text,
    suggestion: hint.suggestion,
    onJump: fieldOf && (() => void jump(fieldOf(hint.section), now[hint.section], hint)),
    onMask: onChange && hint.replacement ? () => apply([hint]) : undefined,
  }));
  return { hints, waiting: !read, onMaskAll: onChange && personal.length > 1 ? () => apply(personal) : undefined };
}
