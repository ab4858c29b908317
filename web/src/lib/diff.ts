import { diffArrays, diffChars } from 'diff';

export interface DiffPart {
  kind: 'same' | 'added' | 'removed';
  text: string;
}

const PATIENCE = { timeout: 400 };

// Old browsers know no words; they are shown the difference by characters.
const words = typeof Intl !== 'undefined' && 'Segmenter' in Intl ? new Intl.Segmenter('zh', { granularity: 'word' }) : undefined;

const split = (text: string): string[] => Array.from(words!.segment(text), (part) => part.segment);

/** The difference of two texts by words, as the browser finds them in Chinese. */
export function difference(before: string, after: string): DiffPart[] {
  const parts = words ? diffArrays(split(before), split(after), PATIENCE)?.map((part) => ({ ...part, value: part.value.join('') })) : diffChars(before, after, PATIENCE);
  if (!parts) {
    const whole: DiffPart[] = [{ kind: 'removed', text: before }, { kind: 'added', text: after }];
    return whole.filter((part) => part.text);
  }
  return parts.map((part) => ({ kind: part.added ? 'added' : part.removed ? 'removed' : 'same', text: part.value }));
}

/** How many characters were added and removed. */
export function tally(parts: DiffPart[]): { added: number; removed: number } {
  const size = (kind: DiffPart['kind']) =>
    parts.filter((part) => part.kind === kind).reduce((sum, part) => sum + characters(part.text), 0);
  return { added: size('added'), removed: size('removed') };
}

/** Characters as an official counts them: without spaces and line ends, a rare character once. */
export function characters(text: string): number {
  return Array.from(text.replace(/\s/g, '')).length;
}
