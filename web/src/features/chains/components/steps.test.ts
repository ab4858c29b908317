import { describe, expect, it } from 'vitest';
import type { Step } from '../api/chains';
import { conditionText, marks, moveStep, newStep, sentChain, sentSteps, stepFault, waitsFor } from './steps';

const step = (title: string, more: Partial<Step> = {}): Step => ({ ...newStep(), title, ...more });

describe('steps of a flow', () => {
  it('needs a name, somebody to wait for and the share of a vote', () => {
    expect(stepFault(step(' ', { post: 'chair' }))).toBe('请填写环节名称');
    expect(stepFault(step('主席审签'))).toBe('请指定岗位、角色或人员');
    expect(stepFault(step('表决', { role: 'signer', mode: 'vote' }))).toBe('请填写表决的同意比例');
    expect(stepFault(step('主席审签', { people: ['a'] }))).toBeUndefined();
  });

  it('moves one place and stays inside', () => {
    const steps = [step('一'), step('二'), step('三')];
    expect(moveStep(steps, 1, -1).map((one) => one.title)).toEqual(['二', '一', '三']);
    expect(moveStep(steps, 0, -1)).toBe(steps);
    expect(moveStep(steps, 2, 1)).toBe(steps);
  });

  it('sends what was chosen only', () => {
    expect(sentSteps([step(' 主席审签 ', { no: 3, post: 'chair', role: '', ratio: 50, days: 0, charge: false, when: { classes: [] }, locked: [] })])).toEqual([
      { title: '主席审签', mode: 'any', post: 'chair' },
    ]);
    const sent = sentChain({ name: ' 流程 ', applies_to: ['ordinary'], green: ['chair'], then: [], steps: [step('一', { role: 'signer', charge: true })] });
    expect(sent).toEqual({ name: '流程', applies_to: ['ordinary'], steps: [{ title: '一', mode: 'any', role: 'signer' }] });
  });

  it('says who it waits for and under what condition without codes', () => {
    const names = { posts: { vice_chair: '分管副主席' }, roles: { signer: '签发人' }, people: [{ id: 'a', name: '张三', signs: true }] };
    expect(waitsFor(step('审签', { post: 'vice_chair', role: 'signer', charge: true }), names)).toBe('分管副主席（分管本领域的）、签发人角色');
    expect(waitsFor(step('审签', { post: 'gone' }), names)).toBe('指定岗位');
    expect(waitsFor(step('审签', { people: ['a', 'b'] }), names)).toBe('张三、已离任人员');
    expect(marks(step('审', { mode: 'vote', ratio: 60, days: 2, sheet: ['political'], locked: ['title'] }))).toEqual(['票签 ≥60%', '限 2 个工作日', '核对政治关', '不改标题']);
    expect(conditionText({ classes: ['important'], addressees: ['upper', 'local'] })).toBe('重要，且拟报上级单位或本级党委政府');
    expect(conditionText({})).toBe('');
  });
});
