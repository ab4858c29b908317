import { useEffect } from 'react';
import { useLocation, useSearchParams } from 'react-router';
import { monthOf, parsePeriod, periodCode, periodOf, type Period } from './period';

/** What a board shows, as it stands in the address. */
export function useBoardAddress() {
  const [params, setParams] = useSearchParams();
  const { state, hash } = useLocation();
  useEffect(() => {
    if (hash) document.querySelector(hash)?.scrollIntoView({ behavior: 'smooth' });
  }, [hash, params]);
  const period = parsePeriod(params.get('period')) ?? periodOf('year', monthOf(new Date()));
  const set = (name: string, value: string | undefined) => {
    const next = new URLSearchParams(params);
    if (value) next.set(name, value);
    else next.delete(name);
    setParams(next, { replace: true, preventScrollReset: true, state });
  };
  const choose = (next: Period) => set('period', periodCode(next));
  return { params, period, choose, set };
}
