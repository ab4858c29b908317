import type { Check } from '@/features/checks/api/checks';
import type { Sheet } from './consultations';

/** What the person can answer now. */
export const waitingChecks = (all: Check[]): Check[] => all.filter((one) => one.can.includes('answer'));

/** The sheets on which the person can say something now. */
export const waitingSheets = (all: Sheet[]): Sheet[] => all.filter((one) => one.opinions.some((opinion) => opinion.can.includes('answer')));
