import { useOrganisation } from '@/features/organisation/api/organisation';
import { useMe } from '@/lib/tenant';
import type { Report } from '@/lib/types';
import type { ReportFilter } from '../api/lists';
import { chipsOf, rowsName } from './chips';
import styles from './list.module.css';

interface Props {
  filter: ReportFilter;
  /** Left out while they are fetched. */
  items?: Report[];
  more: boolean;
  onChange: (filter: ReportFilter) => void;
}

/** The name of a unit whose letters are listed: from the letters, else from the lines. */
function useSenderName(code: string | undefined, items: Report[]): string {
  const { tenant } = useMe();
  const lines = useOrganisation().data?.down ?? [];
  if (code === tenant.code) return '本单位';
  const origin = items.find((item) => item.origin?.tenant === code)?.origin;
  return origin?.name ?? lines.find((line) => line.lower.code === code)?.lower.name ?? '所选单位';
}

/** What the list holds when a figure of a board has led here; each condition can be taken away. */
export function ListChips({ filter, items, more, onChange }: Props) {
  const chips = chipsOf(filter, useSenderName(filter.sender, items ?? []));
  if (chips.length === 0) return null;
  return (
    <div className={styles.chips} role="group" aria-label="列表条件">
      {chips.map(({ name, without }) => (
        <button key={name} type="button" className={styles.chip} aria-label={`去掉条件：${name}`} title="去掉这个条件" onClick={() => onChange({ ...filter, ...without })}>
          {name}<span aria-hidden>×</span>
        </button>
      ))}
      <span role="status">{items && rowsName(items.length, more)}</span>
    </div>
  );
}
