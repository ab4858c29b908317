import { useMay } from '@/lib/tenant';
import { WaitingLink } from '../consult/WaitingLink';
import Offers from '../report/Offers';

/** What others ask of this person: opinions and checks, and to go on writing. */
export default function Asked() {
  const answers = useMay('consultation:answer');
  const writes = useMay('report:write');
  return (
    <>
      {answers && <WaitingLink />}
      {writes && <Offers />}
    </>
  );
}
