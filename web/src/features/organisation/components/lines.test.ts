import { describe, expect, it } from 'vitest';
import type { Line } from '../api/organisation';
import { lineState, lineTime, unitTree } from './lines';

const end = { code: 'a-zx', name: 'A市政协', kind: 'cppcc', level: 'city' } as const;
const line = (change: Partial<Line> = {}): Line => ({ id: '1', lower: end, upper: end, figures: true, from: '2026-01', ...change });

describe('reporting lines', () => {
  it('is open between its months', () => {
    expect(lineState(line(), '2026-01')).toBe('open');
    expect(lineState(line({ from: '2026-12' }), '2026-11')).toBe('later');
    expect(lineState(line({ to: '2026-12' }), '2026-11')).toBe('open');
    expect(lineState(line({ to: '2026-12' }), '2026-12')).toBe('closed');
    expect(lineState(line({ stopped_at: '2026-05-01T00:00:00Z' }), '2026-11')).toBe('stopped');
  });

  it('tells its last month, not the first without it', () => {
    expect(lineTime(line())).toBe('自2026年1月起');
    expect(lineTime(line({ to: '2026-07' }))).toBe('2026年1月至2026年6月');
    expect(lineTime(line({ from: '2025-03', to: '2026-01' }))).toBe('2025年3月至2025年12月');
    expect(lineTime(line({ to: '2026-01' }))).toBe('2026年1月（未生效）');
  });
});

describe('inner units', () => {
  it('stand below their parents', () => {
    const unit = (id: string, parent_id?: string) => ({ id, name: id, kind: '', parent_id });
    expect(unitTree([unit('b', 'a'), unit('a'), unit('c', 'b'), unit('d', 'gone')]).map((one) => [one.unit.id, one.depth])).toEqual([
      ['a', 0], ['b', 1], ['c', 2], ['d', 0],
    ]);
  });
});
