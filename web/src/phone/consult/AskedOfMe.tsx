import type { ReactNode } from 'react';
import { useCheckTasks } from '@/features/checks/api/checks';
import { useOpinionTasks } from '@/features/consultations/api/consultations';
import { waitingChecks, waitingSheets } from '@/features/consultations/api/waiting';

/** How many requests wait for this person's answer; nothing is shown where none does. */
export function AskedOfMe({ children }: { children: (count: number) => ReactNode }) {
  const count = waitingChecks(useCheckTasks().data ?? []).length + waitingSheets(useOpinionTasks().data ?? []).length;
  return count ? children(count) : null;
}
