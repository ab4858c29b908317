import { diffArrays } from 'diff';

/** The passages of a text: its sentences, each with what ends it. Together they are the text. */
export const passages = (text: string): string[] => text.match(/[^。！？；!?;\n]*[。！？；!?;\n]+[”’」』）)]*|[^。！？；!?;\n]+$/g) ?? [];

/** A piece of a merged text: agreed, or changed by both. */
export type Piece =
  | { kind: 'agreed'; text: string }
  | { kind: 'clash'; base: string; mine: string; theirs: string };

interface Hunk {
  start: number;
  end: number;
  lines: string[];
  mine: boolean;
}

/** Where one text differs from the base: which of the base's passages became which. */
function hunks(base: string[], other: string[], mine: boolean): Hunk[] {
  const all: Hunk[] = [];
  let at = 0;
  let open: Hunk | undefined;
  for (const part of diffArrays(base, other)) {
    if (!part.added && !part.removed) {
      open = undefined;
      at += part.value.length;
      continue;
    }
    if (!open) all.push((open = { start: at, end: at, lines: [], mine }));
    if (part.removed) open.end = at += part.value.length;
    else open.lines.push(...part.value);
  }
  return all;
}

/** Whether two changes touch the same passages, or write at the same place. */
const meet = (a: { start: number; end: number }, b: { start: number; end: number }): boolean =>
  (a.start < b.end && b.start < a.end) || (a.start === b.start && a.end === b.end);

/** The text of the base between two places with one side's changes. */
function applied(base: string[], from: number, to: number, changes: Hunk[]): string {
  let text = '';
  let at = from;
  for (const hunk of changes) {
    text += base.slice(at, hunk.start).join('') + hunk.lines.join('');
    at = hunk.end;
  }
  return text + base.slice(at, to).join('');
}

/**
 * Two texts that grew out of one, passage by passage: what only one side changed is taken, what both changed alike is taken
 * once, and what both changed differently is a clash. Nothing of either side is left out.
 */
export function merge(base: string, mine: string, theirs: string): Piece[] {
  const old = passages(base);
  const all = [...hunks(old, passages(mine), true), ...hunks(old, passages(theirs), false)]
    .sort((a, b) => a.start - b.start || a.end - b.end);
  const pieces: Piece[] = [];
  const agree = (text: string) => {
    const last = pieces.at(-1);
    if (last?.kind === 'agreed') last.text += text;
    else if (text) pieces.push({ kind: 'agreed', text });
  };
  let at = 0;
  for (let i = 0; i < all.length;) {
    const group = [all[i]!];
    const reach = { start: all[i]!.start, end: all[i]!.end };
    for (i += 1; i < all.length && meet(reach, all[i]!); i += 1) {
      group.push(all[i]!);
      reach.end = Math.max(reach.end, all[i]!.end);
    }
    agree(old.slice(at, reach.start).join(''));
    const side = (own: boolean) => applied(old, reach.start, reach.end, group.filter((hunk) => hunk.mine === own));
    const [ours, other, was] = [side(true), side(false), old.slice(reach.start, reach.end).join('')];
    if (ours === other || other === was) agree(ours);
    else if (ours === was) agree(other);
    else pieces.push({ kind: 'clash', base: was, mine: ours, theirs: other });
    at = reach.end;
  }
  agree(old.slice(at).join(''));
  return pieces;
}

/** The passages that both texts have, in their order. */
export const common = (a: string, b: string): string =>
  diffArrays(passages(a), passages(b)).filter((part) => !part.added && !part.removed).map((part) => part.value.join('')).join('');

export type Choice = 'mine' | 'theirs' | 'both';

/** The merged text, with what was chosen where both changed. */
export function settled(pieces: Piece[], choose: (clash: number) => Choice): string {
  let clash = -1;
  return pieces.map((piece) => {
    if (piece.kind === 'agreed') return piece.text;
    clash += 1;
    const choice = choose(clash);
    return choice === 'both' ? piece.mine + piece.theirs : piece[choice];
  }).join('');
}

/** Who brought a passage, and with which version. */
export interface Origin {
  no: number;
  kind: string;
  by: string;
  at: string;
}

export interface Written extends Origin {
  text: string;
}

/** For each passage of the last text, the version that brought it: who changed what. Neighbours of one origin are one. */
export function written(versions: (Origin & { text: string })[]): Written[] {
  let known: Written[] = [];
  for (const { text, ...origin } of versions) {
    const next: Written[] = [];
    let at = 0;
    for (const part of diffArrays(known.map((one) => one.text), passages(text))) {
      if (part.added) next.push(...part.value.map((value) => ({ ...origin, text: value })));
      else {
        if (!part.removed) next.push(...known.slice(at, at + part.value.length));
        at += part.value.length;
      }
    }
    known = next;
  }
  return known.reduce<Written[]>((list, one) => {
    const last = list.at(-1);
    if (last && last.no === one.no) last.text += one.text;
    else list.push({ ...one });
    return list;
  }, []);
}
