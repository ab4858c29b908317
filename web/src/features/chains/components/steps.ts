import { addresseeText, checkText, classText, partText, signModeText, urgencyText } from '@/lib/texts';
import type { Condition, Member, NewChain, Step } from '../api/chains';

/** A step that says too little to be saved, told by what is missing. */
export function stepFault(step: Step): string | undefined {
  if (!step.title.trim()) return '请填写环节名称';
  if (!step.post && !step.role && !step.people?.length) return '请指定岗位、角色或人员';
  if (step.mode === 'vote' && !step.ratio) return '请填写表决的同意比例';
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

/** A step nothing is known of yet. */
export const newStep = (): Step => ({ title: '', mode: 'any' });

const filled = <T,>(list: T[] | undefined): T[] | undefined => (list?.length ? list : undefined);

function sentCondition(when: Condition | undefined): Condition | undefined {
  if (!when) return undefined;
  const sent: Condition = {
    classes: filled(when.classes), urgencies: filled(when.urgencies), categories: filled(when.categories), sources: filled(when.sources), addressees: filled(when.addressees),
  };
  return Object.values(sent).some(Boolean) ? sent : undefined;
}

/** Steps as they are sent: trimmed, without numbers, empty choices left out. */
export const sentSteps = (steps: Step[]): Step[] =>
  steps.map((step) => ({
    title: step.title.trim(), mode: step.mode, post: step.post || undefined, role: step.role || undefined, people: filled(step.people),
    charge: step.charge && step.post ? true : undefined, ratio: step.mode === 'vote' ? step.ratio : undefined,
    days: step.days || undefined, hours: step.hours || undefined, when: sentCondition(step.when), locked: filled(step.locked), sheet: filled(step.sheet),
  }));

/** A flow as it is sent. */
export const sentChain = ({ name, template, applies_to, when, green, then, steps }: NewChain): NewChain => ({
  name: name.trim(), template, applies_to, when: sentCondition(when), then: filled(then),
  green: applies_to.includes('urgent') ? filled(green) : undefined, steps: sentSteps(steps),
});

export interface Names {
  posts: Record<string, string>;
  roles: Record<string, string>;
  people: Member[];
}

/** Who a step waits for, in words. */
export function waitsFor(step: Step, { posts, roles, people }: Names): string {
  if (step.people?.length) return step.people.map((id) => people.find((one) => one.id === id)?.name ?? '已离任人员').join('、');
  const post = step.post && (posts[step.post] ?? '指定岗位');
  return [post && (step.charge ? `${post}（分管本领域的）` : post), step.role && `${roles[step.role] ?? '指定角色'}角色`].filter(Boolean).join('、');
}

/** The ways a step differs from a plain one, in words. */
export function marks(step: Step): string[] {
  const limit = [step.days && `${step.days} 个工作日`, step.hours && `${step.hours} 小时`].filter(Boolean).join(' ');
  return [
    step.mode !== 'any' && `${signModeText[step.mode]}${step.mode === 'vote' ? ` ≥${step.ratio ?? 0}%` : ''}`,
    limit && `限 ${limit}`,
    step.sheet?.length && `核对${step.sheet.map((item) => checkText[item as keyof typeof checkText]).join('、')}`,
    step.locked?.length && (step.locked.length === 4 ? '不改文稿' : `不改${step.locked.map((part) => partText[part as keyof typeof partText]).join('、')}`),
  ].filter((word): word is string => Boolean(word));
}

/** The sources a condition can name, with their words. */
export const sourceNames: Record<string, string> = {
  own: '本单位来稿', received: '下级报送', combined: '综合稿', speech: '会议发言', proposal: '提案', unfiled_proposal: '未立案提案', survey: '调研视察报告',
  visit: '走访', citizen: '群众来信', citizen_message: '群众留言', consultation: '协商结果', department: '部门建议',
};

/** A condition in words; empty for one that holds always. */
export function conditionText(when: Condition | undefined): string {
  if (!when) return '';
  const words = (names: Record<string, string>, codes: string[] | undefined) => codes?.map((code) => names[code] ?? code).join('或');
  return [
    words(classText, when.classes), words(urgencyText, when.urgencies), words({}, when.categories), words(sourceNames, when.sources),
    when.addressees?.length ? `拟报${words(addresseeText, when.addressees)}` : '',
  ].filter(Boolean).join('，且');
}
