import { describe, expect, it } from 'vitest';
import { chipsOf, measureName, rowsName } from './chips';
import { monthsName } from './periods';

describe('what a list from a board holds', () => {
  it('says every figure in words', () => {
    const said: Record<string, string> = {
      own_received: '收到下级报送', own_adopted: '本单位采用', own_adopted_combined: '本单位综合采用', tree_submitted: '提交', tree_reports: '采用',
      tree_reports_relayed: '转送采用', tree_reports_national: '全国采用', tree_times_city: '市级采用', tree_times_city_single: '市级单篇采用',
      tree_times_single: '单篇采用', tree_forwardings: '向上报送（篇次）',
    };
    for (const [measure, name] of Object.entries(said)) expect(measureName(measure)).toBe(name);
    expect(measureName('tree_reports_from_nowhere')).toBe('采用');
    expect(measureName('something')).toBe('看板所列');
  });

  it('says the months', () => {
    expect(monthsName('2026-01', '2026-12')).toBe('2026年1月—12月');
    expect(monthsName('2025-07', '2026-06')).toBe('2025年7月—2026年6月');
    expect(monthsName('2026-11', '2026-11')).toBe('2026年11月');
    expect(monthsName('2026-11')).toBe('2026年11月以来');
    expect(monthsName(undefined, '2026-11')).toBe('2026年11月及以前');
  });

  it('names each condition, and takes each away alone', () => {
    const filter = { measure: 'tree_times_city_single', adopted_level: 'city', adopted_form: 'single', sender: 'b-zx', from: '2026-01', to: '2026-12', q: '桥' };
    const chips = chipsOf(filter, '湖滨区政协');
    expect(chips.map((chip) => chip.name)).toEqual(['市级单篇采用', '来自湖滨区政协', '2026年1月—12月']);
    expect(chipsOf({ ...filter, ...chips[0]!.without }, '湖滨区政协').map((chip) => chip.name)).toEqual(['来自湖滨区政协', '2026年1月—12月']);
    expect({ ...filter, ...chips[0]!.without }).toMatchObject({ adopted_level: undefined, adopted_form: undefined, q: '桥' });
  });

  it('is silent where the fields say it', () => {
    expect(chipsOf({ from: '2026-01', to: '2026-12', category: '民政' }, '')).toEqual([]);
  });

  it('never claims to have counted what it has not seen', () => {
    expect(rowsName(30, true)).toBe('已列出 30 篇，还有更多');
    expect(rowsName(7, false)).toBe('共 7 篇');
  });
});
