import { useEffect, useState } from 'react';
import { useShortcuts } from '@/lib/shortcuts';

interface Options {
  ids: string[];
  onOpen: (id: string) => void;
  onLook?: (id: string) => void;
  onTakeUp?: (id: string) => void;
}

/** J/K through a list, Enter opens, the space bar looks, T takes up. */
export function useListKeys({ ids, onOpen, onLook, onTakeUp }: Options) {
  const [current, setCurrent] = useState<string>();
  const at = current ? ids.indexOf(current) : -1;
  const move = (step: number) => setCurrent(ids[Math.min(Math.max(at + step, 0), ids.length - 1)]);
  useShortcuts({
    j: () => move(1),
    k: () => move(-1),
    ArrowDown: () => move(1),
    ArrowUp: () => move(-1),
    Enter: () => at >= 0 && onOpen(ids[at]!),
    ' ': () => at >= 0 && onLook?.(ids[at]!),
    t: () => at >= 0 && onTakeUp?.(ids[at]!),
  }, ids.length > 0);
  useEffect(() => {
    if (current) document.querySelector(`[data-row="${CSS.escape(current)}"]`)?.scrollIntoView({ block: 'nearest' });
  }, [current]);
  return { current: at >= 0 ? current : undefined, setCurrent };
}
