import { Button, Checkbox, Input } from 'antd';
import { useState } from 'react';
import { useReports } from '@/features/reports/api/lists';
import { stateText } from '@/lib/texts';
import { EmptyState, Loaded } from '@/ui/plain/states';
import styles from './issues.module.css';

interface Props {
  /** 直通车 also takes what is still on the desk. */
  express: boolean;
  picked: string[];
  /** Those that stand in the issue already. */
  without?: string[];
  onPick: (ids: string[]) => void;
}

/** The reports that may enter an issue, to be ticked. */
export function ReportPicker({ express, picked, without = [], onPick }: Props) {
  const [q, setQ] = useState('');
  const signed = useReports('signed', { q: q || undefined, state: 'signed' });
  const desk = useReports('desk', { q: q || undefined });
  const ready = express ? (desk.data?.pages.flatMap((page) => page.items) ?? []).filter((one) => one.state !== 'returned') : [];
  const items = [...ready, ...(signed.data?.pages.flatMap((page) => page.items) ?? [])].filter((one) => !without.includes(one.id));
  const more = signed.hasNextPage;
  return (
    <>
      <Input.Search allowClear aria-label="搜索稿件" placeholder="搜索标题和正文" onSearch={(text) => setQ(text.trim())} />
      <Loaded query={signed}>
        {() => (items.length === 0
          ? <EmptyState title="没有可以编入的稿件" hint={express ? '在办和已签发的稿件会出现在这里。' : '稿件签发后会出现在这里。'} />
          : (
            <div className={styles.pick} role="group" aria-label="可以编入的稿件">
              {items.map((one) => (
                <label key={one.id}>
                  <Checkbox checked={picked.includes(one.id)} onChange={(event) => onPick(event.target.checked ? [...picked, one.id] : picked.filter((id) => id !== one.id))} />
                  <span>{one.title}<small>{[one.author?.name ?? one.origin?.name, one.category, one.state === 'signed' ? '' : stateText[one.state], one.adoptions.times ? '已采用' : ''].filter(Boolean).join(' · ')}</small></span>
                </label>
              ))}
              {more && <Button type="link" loading={signed.isFetchingNextPage} onClick={() => void signed.fetchNextPage()}>加载更多</Button>}
            </div>
          ))}
      </Loaded>
    </>
  );
}
