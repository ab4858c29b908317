import { describe, expect, it } from 'vitest';
import { monthLabel, parsePeriod, periodCode, periodLabel, periodOf, shiftPeriod } from './period';

describe('periods', () => {
  it.each([
    ['2026', '2026-01', '2026-12', '2026年'],
    ['2026-H1', '2026-01', '2026-06', '2026年上半年'],
    ['2026-H2', '2026-07', '2026-12', '2026年下半年'],
    ['2026-Q3', '2026-07', '2026-09', '2026年三季度'],
    ['2026-10', '2026-10', '2026-10', '2026年10月'],
    ['2026-01..2026-05', '2026-01', '2026-05', '2026年1月至5月'],
    ['2025-11..2026-02', '2025-11', '2026-02', '2025年11月至2026年2月'],
  ])('reads %s and writes it again', (code, from, to, label) => {
    const period = parsePeriod(code)!;
    expect([period.from, period.to]).toEqual([from, to]);
    expect(periodLabel(period)).toBe(label);
    expect(periodCode(period)).toBe(code);
  });

  it.each(['', '26', '2026-13', '2026-00', '2026-H3', '2026-Q5', '2026-05..2026-01', '2026-1', '2026-01..', 'x'])('refuses %j', (text) => {
    expect(parsePeriod(text)).toBeUndefined();
  });

  it('finds the period a month lies in', () => {
    expect(periodCode(periodOf('quarter', '2026-12'))).toBe('2026-Q4');
    expect(periodCode(periodOf('half', '2026-06'))).toBe('2026-H1');
    expect(periodCode(periodOf('year', '2026-06'))).toBe('2026');
  });

  it('moves by its own length, over the turn of the year', () => {
    expect(periodCode(shiftPeriod(parsePeriod('2026-Q1')!, -1))).toBe('2025-Q4');
    expect(periodCode(shiftPeriod(parsePeriod('2025-12')!, 1))).toBe('2026-01');
    expect(periodCode(shiftPeriod(parsePeriod('2026-01..2026-05')!, -1))).toBe('2025-08..2025-12');
  });

  it('names the year where a trend enters it', () => {
    expect(['2025-11', '2025-12', '2026-01', '2026-02'].map((one, index) => monthLabel(one, index === 0))).toEqual([
      '2025年11月', '12月', '2026年1月', '2月',
    ]);
  });
});
