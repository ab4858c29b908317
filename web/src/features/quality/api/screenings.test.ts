import { expect, test } from 'vitest';
import { scoreOf } from './screenings';

const criteria = [{ code: 'title', name: '题目', weight: 20 }, { code: 'content', name: '内容', weight: 50 }, { code: 'novelty', name: '新颖性', weight: 30 }];

test('a score is the weighted marks, 100 at best', () => {
  expect(scoreOf(criteria, { title: 5, content: 5, novelty: 5 })).toBe(100);
  expect(scoreOf(criteria, { title: 5, content: 5, novelty: 4 })).toBe(94);
  expect(scoreOf(criteria, { title: 0, content: 0, novelty: 0 })).toBe(0);
});

test('there is none while a mark is missing', () => {
  expect(scoreOf(criteria, { title: 5, content: 5 })).toBeUndefined();
  expect(scoreOf([], {})).toBeUndefined();
});
