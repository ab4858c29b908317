import { Button } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { Link } from 'react-router';
import { ago } from '@/lib/format';
import { useTenantCode } from '@/lib/tenant';
import { Panel } from '@/ui/Page';
import { useOffers, type Answer, type Handover } from '../api/handovers';
import styles from './writing.module.css';

const AnswerDialog = lazy(() => import('./AnswerDialog'));

/** The drafts that others ask this person to go on writing. Nothing is shown where there are none. */
export default function OffersPanel() {
  const tenant = useTenantCode();
  const offers = useOffers().data ?? [];
  const [asked, setAsked] = useState<{ handover: Handover; answer: Answer }>();
  if (!offers.length) return asked ? <Suspense><AnswerDialog {...asked} onClose={() => setAsked(undefined)} /></Suspense> : null;
  return (
    <div className={styles.offers}>
      <Panel title={`请我接手的稿件（${offers.length}）`}>
        <ul className={styles.list}>
          {offers.map((one) => (
            <li key={one.id} className={styles.offer}>
              <div>
                <Link to={`/t/${tenant}/reports/${one.report_id}`}>{one.title || '（未填标题）'}</Link>
                <small>{one.from}　{ago(one.offered_at)}</small>
                {one.note && <p>{one.note}</p>}
              </div>
              <div className={styles.buttons}>
                <Button type="primary" onClick={() => setAsked({ handover: one, answer: 'accepted' })}>接手</Button>
                <Button onClick={() => setAsked({ handover: one, answer: 'refused' })}>不接手</Button>
              </div>
            </li>
          ))}
        </ul>
      </Panel>
      {asked && <Suspense><AnswerDialog {...asked} onClose={() => setAsked(undefined)} /></Suspense>}
    </div>
  );
}
