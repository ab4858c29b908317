import { expect, test } from 'vitest';
import { newTo, type Suggestion } from './topics';

const one = (category: string): Suggestion => ({ category, path: [category], share: 80 });

test('what is chosen already is not suggested', () => {
  expect(newTo('', [one('交通运输'), one('城乡建设')])).toHaveLength(2);
  expect(newTo('交通运输', [one('交通运输'), one('城乡建设')])).toEqual([]);
  expect(newTo('民政', [])).toEqual([]);
});
