import { expect, test } from 'vitest';
import type { Checked } from './similarity';
import { alikeText, warningOf } from './words';

const found = (part: Partial<Checked>): Checked => ({ items: [], hidden: 0, copied: false, elsewhere: false, on_submit: 'warn', ...part });

test('a warning says how many, and that a copy is not taken where the unit has set so', () => {
  expect(warningOf(found({}))).toBe('');
  expect(warningOf(found({ hidden: 2 }))).toContain('2 篇');
  expect(warningOf(found({ hidden: 1, copied: true }))).toContain('请确认');
  expect(warningOf(found({ hidden: 1, copied: true, on_submit: 'block' }))).toContain('不能重复提交');
});

test('what was told apart warns no more', () => {
  const match = { id: '1', title: '', state: 'submitted', at: '', score: 50, copied: false, verdict: 'different' as const };
  expect(warningOf(found({ items: [match] }))).toBe('');
});

test('how alike two reports are, in words', () => {
  expect(alikeText({ score: 96, copied: true })).toBe('近乎相同 96%');
  expect(alikeText({ score: 41, copied: false })).toBe('相似 41%');
  expect(alikeText({ score: 0, copied: false })).toBe('人工关联');
});
