import { Button, Radio } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useNavigate, useParams } from 'react-router';
import { time } from '@/lib/format';
import { useMe } from '@/lib/tenant';
import { label, versionText } from '@/lib/texts';
import type { Report, Version } from '@/lib/types';
import { PageHead, Panel } from '@/ui/Page';
import { DiffView, diffTally } from '@/ui/plain/DiffView';
import { EmptyState, Loaded } from '@/ui/plain/states';
import { useReport, useVersions } from '../api/report';
import styles from './three.module.css';

const WhoWrote = lazy(() => import('./WhoWrote'));

/** All texts of a report as they stood, with the difference between any two, and who wrote what. */
export default function VersionsPage() {
  const { id = '' } = useParams();
  const report = useReport(id);
  const versions = useVersions(id);
  return <Loaded query={report}>{(data) => <Loaded query={versions}>{(all) => <Content report={data} versions={all} />}</Loaded>}</Loaded>;
}

/** Versions in a row by one person, and of one kind, are one until they are wanted singly. */
export function collapsed(versions: Version[]): { version: Version; hidden: Version[] }[] {
  const rows: { version: Version; hidden: Version[] }[] = [];
  for (const version of versions) {
    const last = rows.at(-1);
    if (last && version.kind === 'edited' && last.version.kind === 'edited' && last.version.by === version.by) {
      last.hidden.push(last.version);
      last.version = version;
    } else rows.push({ version, hidden: [] });
  }
  return rows;
}

function Content({ report, versions }: { report: Report; versions: Version[] }) {
  const { tenant } = useMe();
  const navigate = useNavigate();
  const [all, setAll] = useState(false);
  const rows = all ? versions.map((version) => ({ version, hidden: [] as Version[] })) : collapsed(versions);
  const [from, setFrom] = useState(versions[0]?.id ?? '');
  const [to, setTo] = useState(versions.at(-1)?.id ?? '');
  const [before, after] = [from, to].map((id) => versions.find((version) => version.id === id));
  const tally = before && after && !before.fault && !after.fault ? diffTally(before, after) : undefined;
  const hidden = rows.reduce((sum, row) => sum + row.hidden.length, 0);
  return (
    <>
      <PageHead title="全部版本" hint={`《${report.title || '未填标题'}》 共 ${versions.length} 个版本，任选两个对比`}>
        {(all || hidden > 0) && <Button onClick={() => setAll(!all)}>{all ? '合并同一人的连续修改' : `展开同一人的连续修改（${hidden}）`}</Button>}
        <Button onClick={() => navigate(`/t/${tenant.code}/reports/${report.id}`)}>返回稿件</Button>
      </PageHead>
      {versions.length === 0 ? <EmptyState title="还没有版本" hint="提交、编辑和签发时会自动保存版本。" /> : (
        <div style={{ display: 'grid', gap: 16 }}>
          <Panel flush title="版本">
            <ul className={styles.list} aria-label="版本">
              {[...rows].reverse().map(({ version, hidden }) => (
                <li key={version.id}>
                  <Radio checked={from === version.id} onChange={() => setFrom(version.id)} aria-label={`以第 ${version.no} 版为前`}>前</Radio>
                  <Radio checked={to === version.id} onChange={() => setTo(version.id)} aria-label={`以第 ${version.no} 版为后`}>后</Radio>
                  <b>{label(versionText, version.kind)} 第 {version.no} 版</b>
                  <span>{version.by}{hidden.length > 0 && `（连续修改 ${hidden.length + 1} 次）`}{version.fault && `　${version.fault}`}</span>
                  <small>{time(version.at)}</small>
                </li>
              ))}
            </ul>
          </Panel>
          {before && after && (
            <Panel flush title={`${label(versionText, before.kind)} 第 ${before.no} 版 → ${label(versionText, after.kind)} 第 ${after.no} 版`}>
              <div className={styles.compare}>
                {tally && <p className={styles.tally}><span>增 {tally.added} 字</span><span>删 {tally.removed} 字</span></p>}
                <DiffView before={before} after={after} />
              </div>
            </Panel>
          )}
          <Panel flush title="谁写的哪一段"><Suspense><WhoWrote report={report} versions={versions} /></Suspense></Panel>
        </div>
      )}
    </>
  );
}
