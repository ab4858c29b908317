import { describe, expect, it } from 'vitest';
import { monthAfter, monthStart } from './activities';

describe('months', () => {
  it('follow each other over the year', () => {
    expect(monthAfter('2026-11', 1)).toBe('2026-12');
    expect(monthAfter('2026-12', 1)).toBe('2027-01');
    expect(monthAfter('2026-01', -1)).toBe('2025-12');
    expect(monthStart('2026-11')).toBe('2026-11-01T00:00:00+08:00');
  });
});
