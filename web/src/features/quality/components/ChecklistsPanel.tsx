import { Button } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { newId } from '@/lib/actionKey';
import { useMay } from '@/lib/tenant';
import { momentText } from '@/lib/texts';
import { Panel } from '@/ui/Page';
import { Loaded } from '@/ui/plain/states';
import { StatusTag } from '@/ui/plain/StatusTag';
import { useChecklists, type List } from '../api/checklists';
import styles from './quality.module.css';

const ListDialog = lazy(() => import('./ListDialog'));

/** The unit's lists: what is checked when, and with them the reasons of its refusals. */
export default function ChecklistsPanel() {
  const lists = useChecklists();
  const mayWrite = useMay('setting:write');
  const [draft, setDraft] = useState<List>();
  const fresh = (): List => ({
    code: `list_${newId().replace(/-/g, '').slice(0, 12)}`, name: '', moment: 'editing', position: (lists.data?.length ?? 0) + 1, active: true, required: false, items: [], version: 0, shipped: false,
  });
  return (
    <Panel title="核对清单和理由" extra={mayWrite && <Button onClick={() => setDraft(fresh())}>新建清单</Button>}>
      <p className={styles.by}>清单在选题、撰写、初筛、编辑、审签和报送时出现；“不提、不用、不写”各项同时是退回、留存和不采用的理由。改动后，已作的核对仍按当时的文字保留。</p>
      <Loaded query={lists}>
        {(all) => all.map((list) => (
          <div key={list.code} className={styles.listRow}>
            <div>
              <b>{list.name}</b>　{!list.active && <StatusTag>已停用</StatusTag>}
              <small>
                {momentText[list.moment]}，{list.items.length} 项{list.required && '，必须完成'}，
                {list.version === 0 ? '系统自带' : `第 ${list.version} 次修改${list.shipped ? '（原为系统自带）' : ''}`}
              </small>
            </div>
            <Button aria-label={`${mayWrite ? '修改' : '查看'}：${list.name}`} onClick={() => setDraft(list)}>{mayWrite ? '修改' : '查看'}</Button>
          </div>
        ))}
      </Loaded>
      {draft && <Suspense><ListDialog list={draft} readOnly={!mayWrite} onClose={() => setDraft(undefined)} /></Suspense>}
    </Panel>
  );
}
