import { expect, test } from 'vitest';
import type { Hint } from './hints';
import { masked, quoted, span } from './places';

const hint = (offset: number, length: number, replacement?: string): Hint => ({
  code: 'personal_data', severity: 'warn', section: 'problem', offset, length, text: '', suggestion: '', replacement,
});

test('a place is counted in characters, whatever JavaScript makes of them', () => {
  expect(span('𠮷祥里13812345678', 3, 11)).toEqual([4, 15]);
  expect(quoted('𠮷祥里13812345678', hint(3, 11))).toBe('13812345678');
});

test('what was found is masked in place and keeps its length', () => {
  const text = '𠮷祥里13812345678反映';
  expect(masked(text, text, hint(3, 11, '138****5678'))).toBe('𠮷祥里138****5678反映');
});

test('a text that was changed meanwhile is left alone', () => {
  expect(masked('前13812345678', '13812345678', hint(0, 11, '138****5678'))).toBeUndefined();
  expect(masked('13812345678', '13812345678', hint(0, 11))).toBeUndefined();
});
