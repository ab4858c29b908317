import { Link } from 'react-router';
import { fromSentence, Marks } from '@/features/reports/components/marks';
import { ago } from '@/lib/format';
import { useMe } from '@/lib/tenant';
import type { Page, Report } from '@/lib/types';
import { Panel } from '@/ui/Page';
import { Loaded } from '@/ui/plain/states';
import styles from './work.module.css';

export interface LaneSpec {
  title: string;
  /** The list that shows all of it, below the unit. */
  path: string;
  none: string;
}

interface Props extends LaneSpec {
  query: { data: Page<Report> | undefined; error: unknown; isPending: boolean; refetch: () => unknown };
  items: Report[];
  more: boolean;
  current?: string;
}

const SHOWN = 5;

/** One lane of the work table: how many wait, and the first of them. */
export function Lane({ title, path, none, query, items, more, current }: Props) {
  const { tenant } = useMe();
  const root = `/t/${tenant.code}`;
  return (
    <Panel flush title={title} extra={<span className={`${styles.count} ${items.length ? '' : styles.zero}`}>{items.length}{more && '+'}</span>}>
      <Loaded query={query}>
        {() => (items.length === 0 ? <p className={styles.none}>{none}</p> : (
          <>
            {items.slice(0, SHOWN).map((item) => (
              <Link key={item.id} to={`${root}/reports/${item.id}`} data-row={item.id} className={`${styles.item} ${item.id === current ? styles.current : ''}`}>
                <span className={styles.title}>{item.title}</span>
                <span className={styles.meta}>
                  <Marks report={item} />
                  <span>{fromSentence(item).main}</span>
                  <time dateTime={item.updated_at}>{ago(item.submitted_at ?? item.updated_at)}</time>
                </span>
              </Link>
            ))}
            {(items.length > SHOWN || more) && <Link className={styles.all} to={`${root}/${path}`}>查看全部</Link>}
          </>
        ))}
      </Loaded>
    </Panel>
  );
}
