import type { ReactNode } from 'react';
import { useMay } from '@/lib/tenant';
import { AskedOfMe } from '../consult/AskedOfMe';
import Offers from '../report/Offers';

/** What others ask of this person: opinions and checks, and to go on writing. */
export default function Asked({ children }: { children: (count: number) => ReactNode }) {
  const answers = useMay('consultation:answer');
  const writes = useMay('report:write');
  return (
    <>
      {answers && <AskedOfMe>{children}</AskedOfMe>}
      {writes && <Offers />}
    </>
  );
}
