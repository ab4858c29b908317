import { useSearchParams } from 'react-router';
import { monthOf, parsePeriod, periodCode, periodOf, type Period } from './period';

/** What a board shows, as it stands in the address. */
export function useBoardAddress() {
  const [params, setParams] = useSearchParams();
  const period = parsePeriod(params.get('period')) ?? periodOf('year', monthOf(new Date()));
  const set = (name: string, value: string | undefined, state?: unknown) => {
    const next = new URLSearchParams(params);
    if (value) next.set(name, value);
    else next.delete(name);
    setParams(next, { replace: true, preventScrollReset: true, state });
  };
  const choose = (next: Period) => set('period', periodCode(next));
  return { params, period, choose, set };
}
