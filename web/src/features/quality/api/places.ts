import type { Hint } from './hints';

/** The place of a hint as JavaScript counts: the server counts characters, a text here pairs of surrogates. */
export function span(text: string, offset: number, length: number): [number, number] {
  const characters = Array.from(text);
  const from = characters.slice(0, offset).join('').length;
  return [from, from + characters.slice(offset, offset + length).join('').length];
}

/** The words a hint is about; empty where it is about the whole section. */
export function quoted(text: string, hint: Hint): string {
  const [from, to] = span(text, hint.offset, hint.length);
  return text.slice(from, to);
}

/** The section with what the hint found replaced; undefined where the text has changed since it was read. */
export function masked(text: string, read: string, hint: Hint): string | undefined {
  const [from, to] = span(read, hint.offset, hint.length);
  if (!hint.replacement || text.slice(from, to) !== read.slice(from, to)) return undefined;
  return text.slice(0, from) + hint.replacement + text.slice(to);
}

/** Selects the place in its field and brings it into sight; false where there is no such field. */
export function jump(field: string, text: string, hint: Hint): boolean {
  const box = document.querySelector<HTMLInputElement | HTMLTextAreaElement>(field);
  if (!box) return false;
  box.focus();
  const [from, to] = span(text, hint.offset, hint.length);
  box.setSelectionRange(from, to);
  box.scrollIntoView({ block: 'center' });
  return true;
}
