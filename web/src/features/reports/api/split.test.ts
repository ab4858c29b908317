import { describe, expect, it } from 'vitest';
import { emptyPart, partFaults, sentencesOf, withSentences } from './split';

describe('splitting a report', () => {
  const text = { title: '两件事', problem: '车位少。学位也少。\n都要解决。', cause: '', advice: '增设车位。' };

  it('loses no word of the text', () => {
    const all = sentencesOf(text);
    expect(all.map((one) => one.key)).toEqual(['problem/0', 'problem/1', 'problem/2', 'advice/0']);
    const part = withSentences(emptyPart('民政'), all);
    expect(part.problem).toBe(text.problem);
    expect(part.advice).toBe(text.advice);
  });

  it('shows each fault in its part', () => {
    expect(partFaults([{ location: 'body.parts.1.title', message: '第 2 篇：请填写标题' }, { location: 'body.parts[0].problem', message: '太长' }, { message: '别的' }]))
      .toEqual({ 1: { title: '请填写标题' }, 0: { problem: '太长' } });
  });
});
