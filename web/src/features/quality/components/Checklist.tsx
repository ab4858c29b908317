import { App, Checkbox, Input } from 'antd';
import { sentence } from '@/lib/errors';
import { time } from '@/lib/format';
import { momentText } from '@/lib/texts';
import { useChecklists, useTick, useTicks, type Item, type List, type Moment, type Ticked } from '../api/checklists';
import styles from './quality.module.css';

interface Props {
  /** The report it is ticked for; left out, the lists are only shown. */
  report?: string;
  moments: Moment[];
  /** A remark can stand beside each item. */
  remarks?: boolean;
}

/** The unit's lists of a moment: what is to be ticked, and what must not be. */
export default function Checklist({ report, moments, remarks }: Props) {
  const lists = useChecklists();
  const ticks = useTicks(report);
  const shown = (lists.data ?? []).filter((list) => list.active && moments.includes(list.moment) && list.items.some((item) => item.kind !== 'reason'));
  if (!shown.length) return null;
  return (
    <div className={styles.lists}>
      {shown.map((list) => <OneList key={list.code} list={list} report={report} ticks={ticks.data ?? []} remarks={remarks} />)}
    </div>
  );
}

function OneList({ list, report, ticks, remarks }: { list: List; report?: string; ticks: Ticked[]; remarks?: boolean }) {
  const items = list.items.filter((item) => item.kind !== 'reason');
  const done = ticks.filter((tick) => tick.list === list.code && tick.ticked).length;
  const toTick = items.filter((item) => item.kind !== 'must_not').length;
  return (
    <details className={styles.list} open={Boolean(report)}>
      <summary>
        <b>{list.name}</b>
        <small>{momentText[list.moment]}{list.required && '，必须完成'}{report && `，已核对 ${done} / ${toTick}`}</small>
      </summary>
      <ul>
        {items.map((item) => (
          <li key={item.code}>
            {item.kind === 'must_not'
              ? <span className={styles.mustNot}><i aria-hidden="true">✕</i>{item.text}</span>
              : <Tick list={list} item={item} report={report} tick={ticks.find((one) => one.list === list.code && one.item === item.code)} remarks={remarks} />}
          </li>
        ))}
      </ul>
    </details>
  );
}

interface TickProps {
  list: List;
  item: Item;
  report?: string;
  tick?: Ticked;
  remarks?: boolean;
}

function Tick({ list, item, report, tick, remarks }: TickProps) {
  const { message } = App.useApp();
  const save = useTick();
  const put = (ticked: boolean, remark: string) =>
    report && save.mutate({ report, list: list.code, version: list.version, ticks: [{ item: item.code, ticked, remark }] }, {
      onError: (error) => void message.error(sentence(error)),
    });
  if (!report) return <span>{item.text}</span>;
  const on = save.isPending ? save.variables.ticks[0]!.ticked : Boolean(tick?.ticked);
  return (
    <>
      <Checkbox checked={on} disabled={save.isPending} onChange={(event) => put(event.target.checked, tick?.remark ?? '')}>{item.text}</Checkbox>
      {tick && <small className={styles.by}>{tick.by_name}　{time(tick.at)}{tick.text !== item.text && `（核对时为：${tick.text}）`}</small>}
      {remarks && (
        <Input
          key={tick?.remark}
          size="small"
          maxLength={200}
          aria-label={`备注：${item.text}`}
          placeholder="备注（可不填）"
          defaultValue={tick?.remark}
          onBlur={(event) => event.target.value.trim() !== (tick?.remark ?? '') && put(Boolean(tick?.ticked), event.target.value.trim())}
        />
      )}
      {!remarks && tick?.remark && <small className={styles.by}>备注：{tick.remark}</small>}
    </>
  );
}
