const month = (year: number, index: number) => `${year + Math.floor(index / 12)}-${String((((index % 12) + 12) % 12) + 1).padStart(2, '0')}`;

/** The month the reader's calendar shows, such as 2026-11. */
export const thisMonth = (now = new Date()): string => month(now.getFullYear(), now.getMonth());

/** Months to choose from, around now. */
export function monthChoices(before: number, after: number, now = new Date()): { value: string; label: string }[] {
  return Array.from({ length: before + after + 1 }, (_, index) => {
    const value = month(now.getFullYear(), now.getMonth() - before + index);
    return { value, label: `${value.slice(0, 4)}年${Number(value.slice(5))}月` };
  });
}
