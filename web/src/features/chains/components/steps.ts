import type { Step } from '../api/chains';

/** A step that says too little to be saved, told by what is missing. */
export function stepFault(step: Step): string | undefined {
  if (!step.title.trim()) return '请填写环节名称';
  if (!step.post && !step.role) return '请指定岗位或角色';
  return undefined;
}

/** Moves a step one place up or down; at the ends nothing moves. */
export function moveStep(steps: Step[], at: number, by: -1 | 1): Step[] {
  const to = at + by;
  if (to < 0 || to >= steps.length) return steps;
  const next = [...steps];
  [next[at], next[to]] = [next[to]!, next[at]!];
  return next;
}

/** Steps as they are sent: trimmed, without numbers, empty choices left out. */
export const sentSteps = (steps: Step[]): Step[] =>
  steps.map(({ title, post, role }) => ({ title: title.trim(), post: post || undefined, role: role || undefined }));

/** Who a step waits for, in words. */
export function waitsFor(step: Step, posts: Record<string, string>, roles: Record<string, string>): string {
  const parts = [step.post && (posts[step.post] ?? '指定岗位'), step.role && `${roles[step.role] ?? '指定角色'}角色`];
  return parts.filter(Boolean).join('、');
}
