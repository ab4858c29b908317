import { describe, expect, it } from 'vitest';
import { threadsOf, type Comment } from './comments';
import { charactersBefore, lines, passage, reach, unitsOf } from './places';

const comment = (part: Partial<Comment>): Comment => ({ id: 'a', place: 0, text: '', written_by: '', by: '', written_at: '', of_author: false, ...part });

describe('places of comments', () => {
  it('counts characters, not code units', () => {
    expect(charactersBefore('𠮷野家停车难', 4)).toBe(3);
    expect(passage('problem', '𠮷野家停车难', 3, 5)).toEqual({ section: 'problem', place: 3, quote: '停车' });
  });

  it('leaves out the spaces around what was chosen', () => {
    expect(passage('problem', '车位少。\n　　居民多。', 4, 11)).toEqual({ section: 'problem', place: 7, quote: '居民多。' });
    expect(passage('problem', '车位少。\n\n', 4, 6)).toBeUndefined();
  });

  it('marks the half of edited words that stands, and nothing of words that are gone', () => {
    expect(reach('居民有一千户。', { quote: '一千户', place: 3 })).toEqual([3, 6]);
    expect(reach('居民有一千二百户。', { quote: '居民有一千户', place: 0 })).toEqual([0, 3]);
    expect(reach('居民多。', { quote: '一千户', place: -1 })).toBeUndefined();
    expect(unitsOf('𠮷野家停车难', '停车')).toEqual([4, 6]);
  });

  it('cuts lines where comments begin and end, also where they overlap', () => {
    const runs = lines('　　甲乙丙丁。\n戊己', [{ id: 'x', from: 3, to: 5 }, { id: 'y', from: 4, to: 9 }]);
    expect(runs).toEqual([
      [{ at: 2, text: '甲', on: [] }, { at: 3, text: '乙', on: ['x'] }, { at: 4, text: '丙', on: ['x', 'y'] }, { at: 5, text: '丁。', on: ['y'] }],
      [{ at: 8, text: '戊', on: ['y'] }, { at: 9, text: '己', on: [] }],
    ]);
  });

  it('orders threads as the text goes, settled ones last', () => {
    const list = threadsOf([
      comment({ id: 'whole' }), comment({ id: 'done', section: 'title', resolved_at: 'x' }), comment({ id: 'later', section: 'problem', place: 9 }),
      comment({ id: 'answer', thread_id: 'later' }), comment({ id: 'first', section: 'problem', place: 2 }),
    ]);
    expect(list.map((one) => one.id)).toEqual(['first', 'later', 'whole', 'done']);
    expect(list[1]!.answers.map((one) => one.id)).toEqual(['answer']);
  });
});
