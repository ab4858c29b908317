import { App, Button } from 'antd';
import { useMemo, useState } from 'react';
import { useNavigate, useParams } from 'react-router';
import { isApiError, sentence } from '@/lib/errors';
import { useMe } from '@/lib/tenant';
import type { Report } from '@/lib/types';
import { PageHead, Panel } from '@/ui/Page';
import { sections } from '@/ui/plain/ReportText';
import { EmptyState, Loaded } from '@/ui/plain/states';
import { useSplit } from '../api/links';
import { useReport } from '../api/report';
import { emptyPart, FEWEST, MOST, partFaults, sentencesOf, withSentences } from '../api/split';
import { PartFields } from './PartFields';
import styles from './writing.module.css';

/** 一事一报: a report that holds several matters becomes several, each with its history and a link to the whole. */
export default function SplitPage() {
  const { id = '' } = useParams();
  const report = useReport(id);
  return (
    <Loaded query={report}>
      {(data) => (data.can.includes('split') ? <Split key={data.id} now={data} /> : (
        <>
          <PageHead title="拆分" />
          <EmptyState title="这篇信息现在不能拆分" hint="只有已受理、还没有采用的稿件可以拆分；拆分后的各篇见稿件页的「关联信息」。" />
        </>
      ))}
    </Loaded>
  );
}

function Split({ now }: { now: Report }) {
  const [report] = useState(now); // what is being split stays under the hand
  const { tenant } = useMe();
  const navigate = useNavigate();
  const { message } = App.useApp();
  const sentences = useMemo(() => sentencesOf(report), [report]);
  const [parts, setParts] = useState(() => Array.from({ length: FEWEST }, () => emptyPart(report.category)));
  const [picked, setPicked] = useState<string[]>([]);
  const [placed, setPlaced] = useState<Record<string, number[]>>({});
  const back = () => navigate(`/t/${tenant.code}/reports/${report.id}`);
  const split = useSplit(report.id, () => {
    message.success(`已拆分为 ${parts.length} 篇，各篇见「关联信息」`);
    back();
  });
  const faults = isApiError(split.error) ? partFaults(split.error.faults) : {};
  const left = sentences.filter((one) => !placed[one.key]?.length).length;
  const toggle = (key: string) => setPicked(picked.includes(key) ? picked.filter((one) => one !== key) : [...picked, key]);
  const put = (at: number) => {
    const chosen = sentences.filter((one) => picked.includes(one.key));
    setParts(parts.map((part, index) => (index === at ? withSentences(part, chosen) : part)));
    setPlaced({ ...placed, ...Object.fromEntries(chosen.map(({ key }) => [key, [...new Set([...(placed[key] ?? []), at])]])) });
    setPicked([]);
  };
  const drop = (at: number) => {
    setParts(parts.filter((_, index) => index !== at));
    setPlaced(Object.fromEntries(Object.entries(placed).map(([key, list]) => [key, list.filter((no) => no !== at).map((no) => (no > at ? no - 1 : no))])));
  };
  const submit = () => split.mutate(parts, { onError: (error) => void message.error(sentence(error)) });
  const ready = parts.every((part) => part.title.trim() && part.problem.trim());
  return (
    <>
      <PageHead title="拆分为多篇" hint={`《${report.title}》　在左边点选句子，放入各篇；原稿保留，各篇继续办理`}>
        <Button onClick={back}>取消</Button>
        <Button type="primary" disabled={!ready} loading={split.isPending} onClick={submit}>拆分为 {parts.length} 篇</Button>
      </PageHead>
      {now.version !== report.version && <p className={styles.over} role="alert">原稿刚被他人修改；下面仍是您打开时的文字，请核对后再拆分。</p>}
      <div className={styles.split}>
        <Panel flush className={styles.whole} title="原稿" extra={left > 0 ? `还有 ${left} 句没有放入任何一篇` : '每一句都已放入'}>
          <div className={styles.body} tabIndex={0} role="region" aria-label="原稿的句子">
            {sections.map(({ name, title }) => {
              const own = sentences.filter((one) => one.section === name);
              return own.length > 0 && (
                <section key={name}>
                  <h3>{title}</h3>
                  {own.map((one) => (
                    <button key={one.key} type="button" aria-pressed={picked.includes(one.key)} onClick={() => toggle(one.key)} className={`${styles.sentence} ${picked.includes(one.key) ? styles.picked : placed[one.key]?.length ? styles.placed : ''}`}>
                      {one.text.trim()}
                      {placed[one.key]?.length ? <small>已放入第 {placed[one.key]!.map((no) => no + 1).join('、')} 篇</small> : null}
                    </button>
                  ))}
                </section>
              );
            })}
          </div>
          <div className={styles.into}>
            <span>{picked.length ? `已选 ${picked.length} 句，放入` : '先点选句子'}</span>
            {parts.map((_, index) => <Button key={index} size="small" disabled={!picked.length} onClick={() => put(index)}>第 {index + 1} 篇</Button>)}
            <Button size="small" type="text" onClick={() => setPicked(sentences.filter((one) => !placed[one.key]?.length).map((one) => one.key))} disabled={!left}>选中其余各句</Button>
          </div>
        </Panel>
        <div className={styles.parts}>
          {parts.map((part, index) => (
            <PartFields
              key={index} no={index + 1} part={part} faults={faults[index] ?? {}} onRemove={parts.length > FEWEST ? () => drop(index) : undefined}
              onChange={(change) => setParts(parts.map((one, at) => (at === index ? { ...one, ...change } : one)))}
            />
          ))}
          {parts.length < MOST && <Button onClick={() => setParts([...parts, emptyPart(report.category)])}>再加一篇</Button>}
        </div>
      </div>
    </>
  );
}
