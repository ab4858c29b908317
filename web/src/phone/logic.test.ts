import { describe, expect, it } from 'vitest';
import type { Report, TimelineEntry } from '@/lib/types';
import { nextPath } from './account/lastUnit';
import { countAdoptions } from './home/Adoptions';
import { returnReason } from './report/returned';

describe('nextPath', () => {
  it('goes only to a path of the phone', () => {
    expect(nextPath('/t/a1/notices')).toBe('/t/a1/notices');
    for (const bad of [null, '', 'https://evil.example', '//evil.example', '/\\evil.example']) expect(nextPath(bad)).toBe('/');
  });
});

describe('countAdoptions', () => {
  it('adds 篇 and 篇次 apart', () => {
    const reports = [{ adoptions: { reports: 1, times: 3 } }, { adoptions: { reports: 1, times: 1 } }, {}] as Report[];
    expect(countAdoptions(reports)).toEqual({ reports: 2, times: 4 });
  });
});

describe('returnReason', () => {
  it('is that of the last return of this unit, not of the review', () => {
    const way = [
      { kind: 'report.returned', detail: '第一次' },
      { kind: 'report.resubmitted' },
      { kind: 'report.returned', detail: '缺少数据' },
      { kind: 'report.review_returned', detail: '别的' },
    ] as TimelineEntry[];
    expect(returnReason(way)).toBe('缺少数据');
    expect(returnReason([])).toBeUndefined();
  });
});
