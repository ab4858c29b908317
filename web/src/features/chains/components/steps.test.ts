import { describe, expect, it } from 'vitest';
import { moveStep, sentSteps, stepFault, waitsFor } from './steps';

const step = (title: string, post?: string, role?: string) => ({ no: 1, title, post, role });

describe('steps of a chain', () => {
  it('needs a name and somebody to wait for', () => {
    expect(stepFault(step(' ', 'chair'))).toBe('请填写环节名称');
    expect(stepFault(step('主席审签'))).toBe('请指定岗位或角色');
    expect(stepFault(step('主席审签', '', 'signer'))).toBeUndefined();
  });

  it('moves one place and stays inside', () => {
    const steps = [step('一', 'a'), step('二', 'b'), step('三', 'c')];
    expect(moveStep(steps, 1, -1).map((one) => one.title)).toEqual(['二', '一', '三']);
    expect(moveStep(steps, 0, -1)).toBe(steps);
    expect(moveStep(steps, 2, 1)).toBe(steps);
  });

  it('sends what was chosen only', () => {
    expect(sentSteps([step(' 主席审签 ', 'chair', '')])).toEqual([{ title: '主席审签', post: 'chair', role: undefined }]);
  });

  it('says who it waits for without codes', () => {
    const posts = { chair: '主席' };
    const roles = { signer: '签发人' };
    expect(waitsFor(step('审签', 'chair', 'signer'), posts, roles)).toBe('主席、签发人角色');
    expect(waitsFor(step('审签', 'gone'), posts, roles)).toBe('指定岗位');
  });
});
