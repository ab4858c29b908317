import { describe, expect, it } from 'vitest';
import { terms, tooLong } from './requirements';

const asked = { text: '', most_chars: 1500, sheet: true, topics: [], answer_days: 10, most_returns: 2 };

describe('requirements', () => {
  it('say in one line what binds', () => {
    expect(terms(asked)).toBe('不超过 1500 字，须附初核表，一般 10 个工作日答复，最多退回 2 次');
    expect(terms({ ...asked, most_chars: 0, sheet: false, most_returns: 0 })).toBe('一般 10 个工作日答复，不退回');
  });

  it('know by how much a text is too long', () => {
    expect(tooLong(1600, 1500)).toBe(100);
    expect(tooLong(1500, 1500)).toBe(0);
    expect(tooLong(9000, 0)).toBe(0);
  });
});
