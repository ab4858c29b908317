import { describe, expect, it } from 'vitest';
import { chineseDay, hoursText, moved, numberText, ordinal } from './words';

describe('words of issues', () => {
  it('counts as official texts do', () => {
    expect([1, 10, 11, 19, 20, 21, 30].map(ordinal)).toEqual(['一', '十', '十一', '十九', '二十', '二十一', '三十']);
    expect(chineseDay('2026-01-05')).toBe('2026年1月5日');
    expect(chineseDay('2026-11-25')).toBe('2026年11月25日');
  });

  it('says that a number is not certain yet', () => {
    expect(numberText({ state: 'draft', year: 2026, no: 3 })).toBe('拟 2026 年第 3 期');
    expect(numberText({ state: 'withdrawn', year: 2026, no: 3 })).toBe('2026 年第 3 期');
  });

  it('says how long it took', () => {
    expect([0, 0.9, 1, 5.25, 47, 84 * 24].map(hoursText)).toEqual(['不到 1 小时', '不到 1 小时', '1 小时', '5.3 小时', '47 小时', '84 天']);
  });

  it('moves an item up and down', () => {
    expect(moved(['甲', '乙', '丙'], 2, 0)).toEqual(['丙', '甲', '乙']);
    expect(moved(['甲', '乙', '丙'], 0, 1)).toEqual(['乙', '甲', '丙']);
    expect(moved(['甲'], 3, 0)).toEqual(['甲']);
  });
});
