import type { TimelineEntry } from '@/lib/types';

/** Why a report was last sent back to its author, as the way tells it (oldest first). */
export function returnReason(entries: TimelineEntry[]): string | undefined {
  return [...entries].reverse().find((entry) => entry.kind === 'report.returned')?.detail;
}
