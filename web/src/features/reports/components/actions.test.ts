import { describe, expect, it } from 'vitest';
import { equalShares } from '@/features/combinations/api/combine';
import { allowed } from './actions';
import { bestByLevel } from './WayStrip';

describe('actions', () => {
  it('are exactly those that are allowed', () => {
    expect(allowed(['adopt_relayed', 'keep']).map((action) => action.name)).toEqual(['adopt', 'keep']);
    expect(allowed([])).toEqual([]);
  });
});

describe('shares', () => {
  it('add up to 100', () => {
    for (const size of [2, 3, 7, 10]) {
      const shares = Object.values(equalShares(Array.from({ length: size }, (_, index) => String(index))));
      expect(shares.reduce((sum, share) => sum + share, 0)).toBe(100);
      expect(Math.max(...shares) - Math.min(...shares)).toBeLessThanOrEqual(1);
    }
  });
});

describe('the way', () => {
  it('shows the weightiest outcome of a level', () => {
    const at = '2026-11-03T00:00:00Z';
    const outcome = (kind: 'adopted' | 'taken_up', name: string) => ({ tenant: name, name, level: 'city' as const, kind, occurred_at: at });
    expect(bestByLevel([outcome('taken_up', '甲'), outcome('adopted', '乙')]).city?.name).toBe('乙');
  });
});
