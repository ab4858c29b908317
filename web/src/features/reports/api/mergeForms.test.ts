import { describe, expect, it } from 'vitest';
import { emptyForm, type FormValue } from './form';
import { mergedForm, mergeForms } from './mergeForms';

const base: FormValue = { ...emptyForm, title: '关于加装电梯的建议', problem: '没有电梯。下楼难。', category: '民政' };

describe('two forms of one report', () => {
  it('merge by themselves where different parts were changed', () => {
    const merged = mergeForms(base, { ...base, problem: '没有电梯。下楼很难。', mode: 'call' }, { ...base, problem: '据调查，没有电梯。下楼难。', category: '城乡建设' });
    expect(merged.clean).toBe(true);
    expect(mergedForm(merged, () => 'mine')).toMatchObject({ problem: '据调查，没有电梯。下楼很难。', mode: 'call', category: '城乡建设' });
  });

  it('ask where both changed the same, and keep what was chosen', () => {
    const merged = mergeForms(base, { ...base, title: '甲', category: '交通运输', cause: '因为。' }, { ...base, title: '乙', category: '城乡建设' });
    expect(merged).toMatchObject({ clean: false, clashing: ['category'] });
    expect(mergedForm(merged, (name) => (name === 'category' ? 'theirs' : 'mine'))).toMatchObject({ title: '甲', category: '城乡建设', cause: '因为。' });
    expect(mergedForm(merged, () => 'theirs')).toMatchObject({ title: '乙', cause: '因为。' });
  });
});
