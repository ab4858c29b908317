import { kindText, label } from '@/lib/texts';
import type { Line, Unit } from '../api/organisation';

export type LineState = 'open' | 'later' | 'stopped' | 'closed';

/** What a line is in a month; a line that ends is open until then. */
export function lineState(line: Line, month: string): LineState {
  if (line.to && line.to <= month) return 'closed';
  if (line.stopped_at) return 'stopped';
  return line.from > month ? 'later' : 'open';
}

const monthText = (month: string) => `${month.slice(0, 4)}年${Number(month.slice(5, 7))}月`;

/** From when to when, in plain words: `to` is the first month after. */
export function lineTime(line: Line): string {
  if (!line.to) return `自${monthText(line.from)}起`;
  const [year, number] = [Number(line.to.slice(0, 4)), Number(line.to.slice(5, 7))];
  const last = number === 1 ? `${year - 1}年12月` : `${year}年${number - 1}月`;
  return line.to <= line.from ? `${monthText(line.from)}（未生效）` : `${monthText(line.from)}至${last}`;
}

/** What the upper unit sees of the lower one's figures. */
export function figuresSentence(line: Line, own: 'lower' | 'upper'): string {
  if (own === 'lower') {
    return line.figures ? '该单位汇总本单位及所属单位的全部统计' : '该单位只统计报送给它的信息';
  }
  return line.figures ? '其全部统计（含所属单位）汇入本单位看板' : '只统计它报送给本单位的信息';
}

export const endKind = (kind: string): string => label(kindText, kind, '');

/** Units below their parents, each with its depth; a unit whose parent is gone stands at the top. */
export function unitTree(units: Unit[]): { unit: Unit; depth: number }[] {
  const ids = new Set(units.map((unit) => unit.id));
  const walk = (parent: string | undefined, depth: number): { unit: Unit; depth: number }[] =>
    units
      .filter((unit) => (unit.parent_id && ids.has(unit.parent_id) ? unit.parent_id : undefined) === parent)
      .flatMap((unit) => [{ unit, depth }, ...walk(unit.id, depth + 1)]);
  return walk(undefined, 0);
}
