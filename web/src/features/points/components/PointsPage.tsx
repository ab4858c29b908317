import { Button } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { Link, useSearchParams } from 'react-router';
import { time } from '@/lib/format';
import { useMay, useMe } from '@/lib/tenant';
import { askText, clueText, label, pointKindText } from '@/lib/texts';
import { PageHead, Panel } from '@/ui/Page';
import { EmptyState, Loaded } from '@/ui/plain/states';
import { StatusTag } from '@/ui/plain/StatusTag';
import { useCodeOf, usePointClues, usePoints, type Point } from '../api/points';
import styles from './points.module.css';

const PointDialog = lazy(() => import('./PointDialog'));

/** The places where clues come in: who is in charge, the code on the wall, what came in. */
export default function PointsPage() {
  const [params, setParams] = useSearchParams();
  const [adding, setAdding] = useState(false);
  const points = usePoints();
  const mayWrite = useMay('point:write');
  const open = (id: string) => setParams({ id }, { replace: true });
  const shown = points.data?.find((point) => point.id === params.get('id')) ?? points.data?.[0];
  return (
    <>
      <PageHead title="收集点" hint="委员工作室、民情驿站、有事来协商：扫码即可反映，收到的线索各计各的">
        {mayWrite && <Button type="primary" onClick={() => setAdding(true)}>设立收集点</Button>}
      </PageHead>
      <div className={styles.layout}>
        <Panel flush>
          <Loaded query={points}>
            {(items) => (items.length === 0
              ? <EmptyState title="还没有收集点" hint="设立后，把二维码张贴出去就能收到线索。" />
              : items.map((point) => (
                <button key={point.id} type="button" data-row={point.id} className={`${styles.row} ${point.id === shown?.id ? styles.current : ''}`} onClick={() => open(point.id)}>
                  <span className={styles.line}><b>{point.name}</b>{point.state === 'closed' && <StatusTag>已停用</StatusTag>}<StatusTag tone={point.clues ? 'ok' : 'quiet'} bare>线索 {point.clues}</StatusTag></span>
                  <small>{[label(pointKindText, point.kind), `负责人 ${point.keeper_name}`, point.place].filter(Boolean).join(' · ')}</small>
                </button>
              )))}
          </Loaded>
        </Panel>
        {shown ? <Detail key={shown.id} point={shown} /> : <Panel><EmptyState title="请选择一个收集点" /></Panel>}
      </div>
      <Suspense>{adding && <PointDialog onClose={(id) => { setAdding(false); if (id) open(id); }} />}</Suspense>
    </>
  );
}

function Detail({ point }: { point: Point }) {
  const { tenant } = useMe();
  const [editing, setEditing] = useState(false);
  const mayWrite = useMay('point:write');
  const mayClues = useMay('clue:read');
  const { picture, address } = useCodeOf(point);
  return (
    <Panel title={point.name} extra={mayWrite && <Button size="small" onClick={() => setEditing(true)}>修改</Button>}>
      <div className={styles.top}>
        <div>
          <p className={styles.meta}>{[label(pointKindText, point.kind), point.place].filter(Boolean).join(' · ')}</p>
          <p>负责人：{point.keeper_name}</p>
          {point.intro && <p className={styles.intro}>{point.intro}</p>}
          <p className={styles.meta}>表单：姓名{askText[point.fields.name]}，电话{askText[point.fields.phone]}，地点{askText[point.fields.place]}</p>
          <p className={styles.figures}><span>收到线索 <b>{point.clues}</b> 条</span><span>形成信息 <b>{point.reports}</b> 篇</span></p>
          {mayClues && <Link to={`/t/${tenant.code}/clues?point=${point.id}`}>在线索池中查看</Link>}
        </div>
        {point.state === 'open' && (
          <div className={styles.code}>
            <img src={picture} alt={`${point.name}的二维码`} />
            <a href={picture} download={`${point.name}-二维码.png`}>下载二维码</a>
          </div>
        )}
      </div>
      {point.state === 'open' && <p className={styles.address}>网址：<a href={address} target="_blank" rel="noreferrer">{address}</a></p>}
      <Came id={point.id} />
      <Suspense>{editing && <PointDialog point={point} onClose={() => setEditing(false)} />}</Suspense>
    </Panel>
  );
}

/** What came in at the point; visitors are masked. */
function Came({ id }: { id: string }) {
  const came = usePointClues(id);
  const items = came.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <section className={styles.came} aria-label="收到的线索">
      <h3>收到的线索</h3>
      <Loaded query={came}>
        {() => (items.length === 0
          ? <p className={styles.meta}>还没有收到线索。</p>
          : items.map((item) => (
            <div key={item.id} className={styles.item}>
              <span className={styles.line}><b>{item.title}</b><StatusTag>{label(clueText, item.state)}</StatusTag></span>
              <p>{item.body}</p>
              <small className={styles.meta}>{[item.from, item.contact, time(item.received_at), item.receipt && `回执 ${item.receipt}`].filter(Boolean).join(' · ')}</small>
            </div>
          )))}
      </Loaded>
      {came.hasNextPage && <Button onClick={() => void came.fetchNextPage()}>加载更多</Button>}
    </section>
  );
}
