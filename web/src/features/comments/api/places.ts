import type { Section, Thread } from './comments';

/** Words of a text that a comment is about; counted in characters, as the server counts them. */
export interface Passage {
  section: Section;
  place: number;
  quote: string;
}

/** How many characters stand before a position that the browser counts in code units. */
export const charactersBefore = (text: string, units: number): number => [...text.slice(0, units)].length;

/** The part of a text between two places. */
export const between = (text: string, from: number, to: number): string => [...text].slice(from, to).join('');

/** The words a person chose, without the spaces and line ends around them; undefined where nothing is left. */
export function passage(section: Section, text: string, from: number, to: number): Passage | undefined {
  const chosen = between(text, from, to);
  const quote = chosen.trim();
  if (!quote) return undefined;
  return { section, quote, place: from + [...chosen.slice(0, chosen.indexOf(quote))].length };
}

/** Where the words of a comment stand in its section; undefined where they are gone. Of words that were edited, the half that stands. */
export function reach(text: string, { quote, place }: Pick<Thread, 'quote' | 'place'>): [number, number] | undefined {
  if (!quote || place < 0) return undefined;
  const size = [...quote].length;
  const whole = between(text, place, place + size) === quote;
  return [place, Math.min([...text].length, place + (whole ? size : Math.floor(size / 2)))];
}

/** Where the words stand in a text that is being written, in code units; undefined where they are not in it. */
export function unitsOf(text: string, quote: string): [number, number] | undefined {
  const at = text.indexOf(quote);
  return quote && at >= 0 ? [at, at + quote.length] : undefined;
}

/** A run of text with the comments on it; `at` is where it begins in its section. */
export interface Run {
  at: number;
  text: string;
  on: string[];
}

/** A section cut where comments begin and end, line by line; the spaces before a line are left out. */
export function lines(text: string, marks: { id: string; from: number; to: number }[]): Run[][] {
  const all: Run[][] = [];
  let at = 0;
  for (const line of text.split('\n')) {
    const size = [...line].length;
    const start = at + [...(/^\s*/.exec(line)?.[0] ?? '')].length;
    const end = at + size;
    if (start < end) {
      const cuts = [start, end, ...marks.flatMap((mark) => [mark.from, mark.to])].filter((cut) => cut >= start && cut <= end);
      const places = [...new Set(cuts)].sort((a, b) => a - b);
      all.push(places.slice(0, -1).map((from, index) => {
        const to = places[index + 1]!;
        return { at: from, text: between(text, from, to), on: marks.filter((mark) => mark.from <= from && mark.to >= to).map((mark) => mark.id) };
      }));
    }
    at = end + 1;
  }
  return all;
}
