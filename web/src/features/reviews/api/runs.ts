import type { Review, ReviewStep } from '@/lib/types';

/** The step a running review stands at, or the first that is signed afterwards. */
export const currentStep = (review: Review): ReviewStep | undefined =>
  review.steps.find((step) => step.id === review.turn?.step) ?? review.steps.find((step) => step.state === 'current' || step.state === 'late');

/** The steps it can be returned to, besides editor and author. */
export function earlierSteps(review: Review): ReviewStep[] {
  const current = currentStep(review);
  return current ? review.steps.filter((step) => step.no < current.no && step.state === 'approved') : [];
}

/** The steps whose signature is missing after the green channel. */
export const missing = (review: Review): ReviewStep[] => review.steps.filter((step) => step.state === 'late');

/** What the word of the person would be called: it signs, adds a late signature, or passes the step. */
export function yesText(review: Review): string {
  if (review.turn?.late) return '补签';
  return review.turn?.signs ? '签发' : '审核同意';
}

/** What is said once it is done. */
export function doneText(review: Review): string {
  if (review.turn?.late) return '已补签';
  return review.turn?.signs ? '已签发' : '已同意';
}

/** What may be taken away of a running review: added steps, and one of several signers. */
export function removable(review: Review): { target: string; text: string }[] {
  return review.steps.flatMap((step) => {
    const open = step.tasks.filter((task) => task.state === 'open' || task.state === 'next');
    if (step.added_by && (step.state === 'waiting' || step.state === 'current' || step.state === 'held')) {
      const whole = { target: step.id, text: `${step.title}（${step.tasks.map((task) => task.name).join('、') || '未开始'}）` };
      return open.length > 1 ? [whole, ...open.map((task) => ({ target: task.id, text: `${step.title}：${task.name}` }))] : [whole];
    }
    return step.state === 'current' && open.length > 1 ? open.map((task) => ({ target: task.id, text: `${step.title}：${task.name}` })) : [];
  });
}

/** What nobody can act on any more. */
export function stuck(review: Review): { target: string; text: string }[] {
  return review.steps.flatMap((step) => {
    if (step.state !== 'current' && step.state !== 'late') return [];
    const gone = step.tasks.filter((task) => task.stuck).map((task) => ({ target: task.id, text: `${step.title}：${task.name}` }));
    const waits = step.tasks.some((task) => ['open', 'next', 'held'].includes(task.state));
    return waits ? gone : [{ target: step.id, text: `${step.title}（没有审签人）` }];
  });
}
