import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { inTenant, post } from '@/lib/http';
import { qk } from '@/lib/query';
import { useTenantCode } from '@/lib/tenant';
import type { ReportText, Schemas } from '@/lib/types';

/** One remark on a text; its place is in characters, of its section as it was sent. */
export type Hint = Schemas['HintsHint'];
export type Section = Hint['section'];

/** What is read: the text and where its facts come from. */
export type ReadText = ReportText & { evidence?: string };

/** How long a person pauses before the text is read again. */
const PAUSE = 700;

function usePaused<T>(value: T, key: string, pause: number): T {
  const [paused, setPaused] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setPaused(value), pause);
    return () => clearTimeout(timer);
    // The key says whether the value is another one.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [key, pause]);
  return paused;
}

/** The hints on a text, read again at each pause of writing; the last ones stay until the new ones are there. */
export function useHints({ title, problem, cause, advice, evidence = '' }: ReadText, pause = PAUSE) {
  const tenant = useTenantCode();
  const text = usePaused({ title, problem, cause, advice, evidence }, JSON.stringify([title, problem, cause, advice, evidence]), pause);
  return useQuery({
    queryKey: qk(tenant, 'hints', text),
    queryFn: ({ signal }) => post<{ items: Hint[] }>(inTenant(tenant, '/hints'), { body: text, signal }).then((answer) => ({ text, items: answer.items })),
    enabled: Object.values(text).some((part) => part.trim() !== ''),
    placeholderData: (previous) => previous,
    staleTime: Infinity,
    gcTime: 60_000,
    retry: false,
  });
}
