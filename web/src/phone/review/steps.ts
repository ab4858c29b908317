import type { Review, ReviewStep } from '@/lib/types';

/** The step a review stands at. */
export const currentStep = (review: Review): ReviewStep | undefined => review.steps.find((step) => step.state === 'current');

/** Whether the word to be given signs the report. */
export const lastStep = (review: Review): boolean => currentStep(review)?.no === Math.max(...review.steps.map((step) => step.no));

/** The steps it can be returned to, besides the editor. */
export function earlierSteps(review: Review): ReviewStep[] {
  const current = currentStep(review);
  return current ? review.steps.filter((step) => step.no < current.no) : [];
}
