const KEY = 'shangda-text-size';

/** 大字版 is a choice of the person on this machine. */
export const largeText = (): boolean => localStorage.getItem(KEY) === 'large';

export function setLargeText(on: boolean): void {
  if (on) localStorage.setItem(KEY, 'large');
  else localStorage.removeItem(KEY);
  applyTextSize();
}

/** Puts the chosen size on the page. */
export function applyTextSize(): void {
  if (largeText()) document.documentElement.dataset.size = 'large';
  else delete document.documentElement.dataset.size;
}
