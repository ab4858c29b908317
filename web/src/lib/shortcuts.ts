import { useEffect, useRef } from 'react';

export type Shortcuts = Record<string, (event: KeyboardEvent) => void>;

const OFF = 'shangda-shortcuts-off';
export const shortcutsOff = () => localStorage.getItem(OFF) === '1';
export const setShortcutsOff = (off: boolean) => (off ? localStorage.setItem(OFF, '1') : localStorage.removeItem(OFF));

/** The name of a pressed key: `n`, `/`, `Ctrl+s`. */
export function keyName(event: KeyboardEvent): string {
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  return (event.ctrlKey || event.metaKey ? 'Ctrl+' : '') + key;
}

/** Whether a key belongs to what is being written or to an open dialog, not to the page. */
export function keyTaken(event: KeyboardEvent): boolean {
  if (event.isComposing || event.keyCode === 229 || event.altKey) return true;
  const target = event.target as HTMLElement | null;
  if (event.ctrlKey || event.metaKey) return false;
  if (target?.closest('input, textarea, select, [contenteditable], [role="dialog"], [role="menu"], [role="listbox"]')) return true;
  const onControl = target?.closest('button, a, [role="tab"], [role="button"]');
  return Boolean(onControl) && (event.key === 'Enter' || event.key === ' ');
}

/** Keys of a page. They sleep while something is being written or composed. */
export function useShortcuts(shortcuts: Shortcuts, active = true): void {
  const latest = useRef(shortcuts);
  useEffect(() => {
    latest.current = shortcuts;
  });
  useEffect(() => {
    if (!active) return;
    const listen = (event: KeyboardEvent) => {
      if (event.defaultPrevented || shortcutsOff() || keyTaken(event)) return;
      const act = latest.current[keyName(event)];
      if (!act) return;
      event.preventDefault();
      act(event);
    };
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, [active]);
}
