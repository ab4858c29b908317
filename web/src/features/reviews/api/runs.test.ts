import { describe, expect, it } from 'vitest';
import type { Review, ReviewStep } from '@/lib/types';
import { currentStep, doneText, earlierSteps, missing, removable, stuck, yesText } from './runs';

const task = (id: string, state: ReviewStep['tasks'][number]['state'], gone = false): ReviewStep['tasks'][number] =>
  ({ id, member: id, name: `人${id}`, state, overdue: false, stuck: gone });
const step = (no: number, state: ReviewStep['state'], more: Partial<ReviewStep> = {}): ReviewStep =>
  ({ id: `s${no}`, no, title: `环节${no}`, mode: 'any', state, tasks: [], ...more });
const review = (steps: ReviewStep[], more: Partial<Review> = {}): Review =>
  ({ id: 'r', report_id: 'x', state: 'running', chain_name: '流程', started_at: '', addressees: [], then: [], steps, copies: [], acts: [], can: [], ...more });

describe('a review', () => {
  it('stands at one step and can go back to those that were passed', () => {
    const one = review([step(1, 'approved'), step(2, 'dropped'), step(3, 'current')]);
    expect(currentStep(one)?.no).toBe(3);
    expect(earlierSteps(one).map((other) => other.no)).toEqual([1]);
  });

  it('calls the word by what it does', () => {
    const turn = { step: 's1', signs: true, late: false, locked: [], sheet: [] };
    expect(yesText(review([], { turn }))).toBe('签发');
    expect(yesText(review([], { turn: { ...turn, signs: false } }))).toBe('审核同意');
    expect(doneText(review([], { turn: { ...turn, late: true } }))).toBe('已补签');
  });

  it('knows what is missing, what may be taken away and what is stuck', () => {
    const one = review([
      step(1, 'late', { tasks: [task('a', 'open', true), task('b', 'open')] }),
      step(2, 'current', { mode: 'all', tasks: [task('c', 'open'), task('d', 'open')] }),
      step(3, 'waiting', { added_by: '张三' }),
      step(4, 'current', {}),
    ]);
    expect(missing(one).map((other) => other.no)).toEqual([1]);
    expect(removable(one).map((other) => other.target)).toEqual(['c', 'd', 's3']);
    expect(stuck(one).map((other) => other.target)).toEqual(['a', 's4']);
  });
});
