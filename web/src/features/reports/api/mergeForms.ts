import { common, merge, settled, type Choice, type Piece } from '@/lib/passages';
import { emptyForm, inputOf, type FormValue } from './form';

export const textParts = ['title', 'problem', 'cause', 'advice'] as const;
export type TextPart = (typeof textParts)[number];

/** Two forms that grew out of one. Clean: no choice is needed. */
export interface Merged {
  pieces: Record<TextPart, Piece[]>;
  /** The other fields with what stands there now, mine where both changed it. */
  rest: FormValue;
  /** The other fields that both changed. */
  clashing: (keyof FormValue)[];
  theirs: FormValue;
  clean: boolean;
}

/** Merges two forms: the text passage by passage, the other fields each as a whole. */
export function mergeForms(base: FormValue, mine: FormValue, theirs: FormValue): Merged {
  const [was, ours, other] = [inputOf(base), inputOf(mine), inputOf(theirs)];
  const same = (name: keyof FormValue, a: typeof was, b: typeof was) => JSON.stringify(a[name]) === JSON.stringify(b[name]);
  const names = (Object.keys({ ...base, ...mine, ...theirs }) as (keyof FormValue)[]).filter((name) => !textParts.includes(name as TextPart));
  const taken = names.filter((name) => same(name, ours, was) && !same(name, other, was));
  const clashing = names.filter((name) => !same(name, ours, was) && !same(name, other, was) && !same(name, ours, other));
  const pieces = Object.fromEntries(textParts.map((part) => [part, merge(base[part].trim(), mine[part].trim(), theirs[part].trim())])) as Merged['pieces'];
  return {
    pieces, clashing, theirs,
    rest: { ...mine, ...Object.fromEntries(taken.map((name) => [name, theirs[name]])) },
    clean: !clashing.length && textParts.every((part) => pieces[part].every((piece) => piece.kind === 'agreed')),
  };
}

/** The merged form with what was chosen; clashes are named `problem/0`, other fields by their name. */
export function mergedForm({ pieces, rest, clashing, theirs }: Merged, choose: (name: string) => Choice): FormValue {
  const text = Object.fromEntries(textParts.map((part) => [part, settled(pieces[part], (clash) => choose(`${part}/${clash}`))]));
  const fields = Object.fromEntries(clashing.filter((name) => choose(name) === 'theirs').map((name) => [name, theirs[name]]));
  return { ...rest, ...fields, ...text };
}

/** What two forms have in common, where nobody knows what they grew out of. */
export function commonForm(a: FormValue, b: FormValue): FormValue {
  return { ...emptyForm, ...Object.fromEntries(textParts.map((part) => [part, common(a[part].trim(), b[part].trim())])) };
}
