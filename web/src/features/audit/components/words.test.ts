import { describe, expect, it } from 'vitest';
import { actionChoices, actionName, actorName } from './words';

describe('words of the audit', () => {
  it('never shows a code', () => {
    expect(actionName('report.adopted')).toBe('采用信息');
    expect(actionName('report.something_new')).toBe('信息事项');
    expect(actionName('unheard')).toBe('其他事项');
  });

  it('offers every named action once', () => {
    const values = actionChoices().flatMap((group) => group.options.map((one) => one.value));
    expect(new Set(values).size).toBe(values.length);
    expect(values).toContain('member.roles_assigned');
  });

  it('names programs, and people by their names', () => {
    expect(actorName('courier')).toBe('信使（系统）');
    expect(actorName('courier letter 01a2 from a-zx')).toBe('信使（系统）');
    expect(actorName('张三')).toBe('张三');
  });
});
