import { Button, Dropdown, Input, Select } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { Link, useSearchParams } from 'react-router';
import { day } from '@/lib/format';
import { useMay, useMe } from '@/lib/tenant';
import { PageHead, Panel } from '@/ui/Page';
import { EmptyState, Loaded } from '@/ui/plain/states';
import { StatusTag } from '@/ui/plain/StatusTag';
import { useDownload } from '@/ui/useDownload';
import { useIssues, usePaces, type Issue, type IssueFilter } from '../api/issues';
import { useJournals } from '../api/journals';
import { hoursText, issueStateText, journalKindText, numberText } from '../words';
import styles from './issues.module.css';

const NewIssueDialog = lazy(() => import('./NewIssueDialog'));

const tones = { draft: 'run', released: 'ok', withdrawn: 'quiet' } as const;
const thisYear = () => new Date(Date.now() + 8 * 3_600_000).getUTCFullYear();

/** The issues of all journals, newest first: what is being arranged, and the register of each year. */
export default function IssuesPage() {
  const [params, setParams] = useSearchParams();
  const filter: IssueFilter = {};
  for (const name of ['journal', 'state', 'year', 'q'] as const) filter[name] = params.get(name) ?? undefined;
  const set = (change: IssueFilter) =>
    setParams(Object.fromEntries(Object.entries({ ...filter, ...change }).filter((pair): pair is [string, string] => Boolean(pair[1]))), { replace: true });
  const [making, setMaking] = useState(false);
  const mayEdit = useMay('issue:edit');
  const mayExport = useMay('document:export');
  const journals = useJournals();
  const issues = useIssues(filter);
  const file = useDownload();
  const year = filter.year ?? String(thisYear());
  const items = issues.data?.pages.flatMap((page) => page.items) ?? [];
  const narrowed = Object.values(filter).some(Boolean);
  return (
    <>
      <PageHead title="编发" hint="选稿、排序、取得期号、印发；作废的期保留期号">
        {mayExport && (
          <Dropdown trigger={['click']} menu={{
            items: [{ key: 'xlsx', label: 'Excel 表格' }, { key: 'docx', label: 'Word 文件' }],
            onClick: ({ key }) => void file.fetch('/exports/issues', { year, journal: filter.journal, format: key }),
          }}>
            <Button loading={file.busy}>导出{year}年登记簿</Button>
          </Dropdown>
        )}
        {mayEdit && <Button type="primary" onClick={() => setMaking(true)}>新编一期</Button>}
      </PageHead>
      <Panel flush>
        <div className={styles.bar} role="search">
          <Select allowClear aria-label="刊物" placeholder="全部刊物" style={{ width: 170 }} value={filter.journal} onChange={(journal) => set({ journal })}
            options={journals.data?.items.map((one) => ({ value: one.id, label: one.name }))} />
          <Select allowClear aria-label="年份" placeholder="全部年份" style={{ width: 120 }} value={filter.year} onChange={(one) => set({ year: one })}
            options={[0, 1, 2, 3, 4].map((back) => String(thisYear() - back)).map((one) => ({ value: one, label: `${one} 年` }))} />
          <Select allowClear aria-label="状态" placeholder="全部状态" style={{ width: 120 }} value={filter.state} onChange={(state) => set({ state })}
            options={Object.entries(issueStateText).map(([value, label]) => ({ value, label }))} />
          <Input.Search allowClear aria-label="搜索题目" placeholder="搜索题目和内容" style={{ width: 220 }} defaultValue={filter.q} onSearch={(q) => set({ q: q.trim() || undefined })} />
        </div>
        <Paces year={year} />
        <Loaded query={issues}>
          {() => (items.length === 0
            ? <EmptyState title={narrowed ? '没有符合条件的期' : '还没有编发过'} hint={narrowed ? '可以放宽条件再看。' : journals.data?.items.length ? '从已签发的信息中选稿，编成一期。' : '请先在“设置—刊物与模板”里设立刊物。'} />
            : <div>{items.map((issue) => <Row key={issue.id} issue={issue} />)}</div>)}
        </Loaded>
        {issues.hasNextPage && <div className={styles.more}><Button loading={issues.isFetchingNextPage} onClick={() => void issues.fetchNextPage()}>加载更多</Button></div>}
      </Panel>
      {making && <Suspense><NewIssueDialog onClose={() => setMaking(false)} /></Suspense>}
    </>
  );
}

/** How long it took from submission to release, by kind: what a 直通车 gains is seen here. */
function Paces({ year }: { year: string }) {
  const paces = usePaces(year);
  if (!paces.data?.items.length) return null;
  return (
    <p className={styles.pace}>
      {year} 年从提交到编发：
      {paces.data.items.map((one) => <span key={one.kind}>{journalKindText[one.kind]} {one.issues} 期，半数不超过 <b>{hoursText(one.median)}</b>，最长 {hoursText(one.most)}</span>)}
    </p>
  );
}

function Row({ issue }: { issue: Issue }) {
  const { tenant } = useMe();
  return (
    <Link className={styles.row} to={`/t/${tenant.code}/issues/${issue.id}`} data-row>
      <span className={styles.no}>{issue.journal}<small style={{ display: 'block' }}>{numberText(issue)}</small></span>
      <span>
        <b>{issue.title || (issue.state === 'draft' ? '（未定标题）' : '')}</b>
        <small>{issue.reports} 篇 · {issue.state === 'draft' ? `${issue.created_by} ${day(issue.created_at)}起编` : `${issue.released_by} ${day(issue.released_at)}编发`}</small>
      </span>
      <span className={styles.marks}>
        <StatusTag bare tone={issue.kind === 'express' ? 'warn' : 'quiet'}>{journalKindText[issue.kind]}</StatusTag>
        <StatusTag tone={tones[issue.state]}>{issueStateText[issue.state]}</StatusTag>
      </span>
    </Link>
  );
}
