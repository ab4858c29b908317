import { describe, expect, it } from 'vitest';
import { characters, difference, tally } from './diff';
import { ago, count, fileSize, percent } from './format';
import * as texts from './texts';

describe('difference', () => {
  it('goes by characters and counts them', () => {
    const parts = difference('协调周期平均超过14个月', '协调难度大，平均超过14个月');
    expect(parts.filter((part) => part.kind !== 'added').map((part) => part.text).join('')).toBe('协调周期平均超过14个月');
    expect(parts.filter((part) => part.kind !== 'removed').map((part) => part.text).join('')).toBe('协调难度大，平均超过14个月');
    expect(tally(parts)).toEqual({ added: 4, removed: 2 });
  });

  it('counts characters without spaces, a rare one once', () => {
    expect(characters('一 二\n三𠮷')).toBe(4);
  });
});

describe('texts', () => {
  const catalogues = Object.entries(texts).filter(
    (pair): pair is [string, Record<string, string>] => typeof pair[1] === 'object' && !Array.isArray(pair[1]),
  );

  it('hold no empty word and no raw code', () => {
    expect(catalogues.length).toBeGreaterThan(12);
    for (const [, catalogue] of catalogues) {
      for (const word of Object.values(catalogue)) expect(word).toMatch(/^[\u4e00-\u9fff]+$/);
    }
  });

  it('never show an unknown code', () => {
    expect(texts.label(texts.sourceText, 'brand_new_kind')).toBe('其他');
    expect(texts.label(texts.sourceText, undefined)).toBe('');
  });

  it('use a unit’s own words', () => {
    expect(texts.term({ member: '盟员' }, 'member')).toBe('盟员');
    expect(texts.term(undefined, 'member')).toBe('委员');
  });
});

describe('format', () => {
  const now = new Date('2026-11-23T10:00:00+08:00');
  const before = (hours: number) => new Date(now.getTime() - hours * 3_600_000).toISOString();

  it('says how long ago', () => {
    expect(ago(before(0), now)).toBe('刚刚');
    expect(ago(before(0.5), now)).toBe('30 分钟前');
    expect(ago(before(2), now)).toBe('今天 08:00');
    expect(ago(before(12), now)).toBe('昨天 22:00');
    expect(ago(before(24 * 20), now)).toBe('11月3日');
    expect(ago(before(24 * 400), now)).toBe('2025-10-19');
  });

  it('writes numbers as officials do', () => {
    expect(count(1286)).toBe('1 286');
    expect(percent(0.365)).toBe('36.5%');
    expect(percent(undefined)).toBe('—');
    expect(fileSize(1_843_021)).toBe('1.8 MB');
  });
});
