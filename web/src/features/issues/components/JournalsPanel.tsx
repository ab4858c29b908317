import { Button } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useMay } from '@/lib/tenant';
import { Panel } from '@/ui/Page';
import { EmptyState, Loaded } from '@/ui/plain/states';
import { StatusTag } from '@/ui/plain/StatusTag';
import { useJournals, type Journal } from '../api/journals';
import { headStyleText, journalKindText } from '../words';
import { TemplatesPanel } from './TemplatesPanel';
import styles from './issues.module.css';

const JournalDialog = lazy(() => import('./JournalDialog'));

/** The journals of the unit with their red heads, addressees and numbers, and the unit's own templates. */
export default function JournalsPanel() {
  const journals = useJournals();
  const mayWrite = useMay('setting:write');
  const [open, setOpen] = useState<Journal | 'new'>();
  return (
    <>
      <Panel title="刊物" extra={mayWrite && <Button type="primary" onClick={() => setOpen('new')}>设立刊物</Button>}>
        <Loaded query={journals}>
          {({ items }) => (items.length === 0
            ? <EmptyState title="还没有刊物" hint="设立刊物后才能编发；可以从原有期号接续。" />
            : items.map((one) => (
              <div key={one.id} className={styles.journal}>
                <div>
                  <b>{one.name}</b> {!one.active && <StatusTag bare>已停用</StatusTag>}
                  <small>{journalKindText[one.kind]} · {headStyleText[one.head.style]} · 下一期第 {one.next} 期（总第 {one.next_total} 期）{one.template_id && ' · 用本单位模板'}</small>
                </div>
                {mayWrite && <Button aria-label={`修改《${one.name}》`} onClick={() => setOpen(one)}>修改</Button>}
              </div>
            )))}
        </Loaded>
      </Panel>
      <TemplatesPanel />
      {open && <Suspense><JournalDialog journal={open === 'new' ? undefined : open} onClose={() => setOpen(undefined)} /></Suspense>}
    </>
  );
}
