import { Button, Checkbox } from 'antd';
import { useListKeys } from '@/features/reports/components/useListKeys';
import { ago } from '@/lib/format';
import { label, sourceText } from '@/lib/texts';
import { EmptyState, Loaded } from '@/ui/plain/states';
import { StatusTag } from '@/ui/plain/StatusTag';
import { useClues, type ClueFilter } from '../api/clues';
import { ClueState } from './ClueDetail';
import styles from './clues.module.css';

interface Props {
  filter: ClueFilter;
  shown: string;
  onOpen: (id: string) => void;
  empty: string;
  /** The clues ticked for one report; without it nothing can be ticked. */
  ticked?: string[];
  onTick?: (ticked: string[]) => void;
}

/** The clues that fit, newest first; one is open, several may be ticked. */
export function ClueList({ filter, shown, onOpen, empty, ticked, onTick }: Props) {
  const clues = useClues(filter);
  const items = clues.data?.pages.flatMap((page) => page.items) ?? [];
  const { current, setCurrent } = useListKeys({ ids: items.map((item) => item.id), onOpen, onLook: onOpen });
  const tick = (id: string, on: boolean) => onTick?.(on ? [...(ticked ?? []), id] : (ticked ?? []).filter((one) => one !== id));
  return (
    <>
      <Loaded query={clues}>
        {() => (items.length === 0
          ? <EmptyState title="没有线索" hint={empty} />
          : items.map((clue) => (
            <div key={clue.id} data-row={clue.id} className={`${styles.row} ${clue.id === (current ?? shown) ? styles.current : ''}`}>
              {onTick && <Checkbox aria-label={`选中：${clue.title}`} disabled={!clue.can.includes('convert')} checked={ticked?.includes(clue.id)} onChange={(event) => tick(clue.id, event.target.checked)} />}
              <button type="button" className={styles.open} onClick={() => { setCurrent(clue.id); onOpen(clue.id); }}>
                <span className={styles.title}>
                  <span>{clue.title}</span>
                  {clue.topic && clue.state === 'new' && <StatusTag bare tone="ok">已定题</StatusTag>}
                  {clue.claimed_by && clue.state === 'new' && <StatusTag bare>{clue.claimed_by.name}</StatusTag>}
                  {clue.state !== 'new' && <ClueState clue={clue} />}
                </span>
                <small>{clue.body}</small>
                <small>{[label(sourceText, clue.source_kind), clue.on_behalf?.name, clue.on_behalf?.contact, clue.place, ago(clue.received_at)].filter(Boolean).join(' · ')}</small>
              </button>
            </div>
          )))}
      </Loaded>
      {clues.hasNextPage && (
        <div className={styles.more}><Button loading={clues.isFetchingNextPage} onClick={() => void clues.fetchNextPage()}>加载更多</Button></div>
      )}
    </>
  );
}
