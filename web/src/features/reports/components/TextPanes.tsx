import { LockOutlined } from '@ant-design/icons';
import { Segmented, Select } from 'antd';
import { lazy, Suspense, useMemo, useState } from 'react';
import { Link } from 'react-router';
import { openOf, useComments } from '@/features/comments/api/comments';
import { characters } from '@/lib/diff';
import { count, time } from '@/lib/format';
import { useMe } from '@/lib/tenant';
import { label, versionText } from '@/lib/texts';
import type { Report, ReportText as Text, Version } from '@/lib/types';
import { Panel } from '@/ui/Page';
import { DiffView, diffTally } from '@/ui/plain/DiffView';
import { ReportText } from '@/ui/plain/ReportText';
import { Loaded } from '@/ui/plain/states';
import { lockedCopy } from './lockedCopy';
import styles from './report.module.css';

export const sizeOf = (text: Text) => characters(text.problem + text.cause + text.advice);

const sameText = (a: Text, b: Text) =>
  a.title === b.title && a.problem === b.problem && a.cause === b.cause && a.advice === b.advice;

const nameOf = (version: Version) => `${label(versionText, version.kind)}${version.kind === 'edited' ? ` 第${version.no}稿` : ''}`;

/** What is said above a locked text. */
export function LockedHead({ version }: { version: Version }) {
  if (version.fault) return <span className={styles.over} role="alert">{version.fault}</span>;
  return (
    <span className={styles.lock} title={version.digest ? `校验值 ${version.digest}` : undefined}>
      <LockOutlined />{version.kind === 'sealed' ? '原件封存，未改动' : '原稿锁定，未改动'}
    </span>
  );
}

const ThreeTexts = lazy(() => import('./ThreeTexts'));
const WhoWrote = lazy(() => import('./WhoWrote'));
const CommentsPane = lazy(() => import('@/features/comments/components/CommentsPane'));

type Mode = 'both' | 'marks' | 'own' | 'three' | 'who' | 'comments';

const whole: Mode[] = ['three', 'who', 'comments'];

/** The locked original beside this unit's own copy, or one text with its changes marked. */
export function TextPanes({ report, versions }: { report: Report; versions: Version[] }) {
  const { tenant } = useMe();
  const locked = lockedCopy(versions);
  const [chosen, setChosen] = useState<string>();
  const base = versions.find((version) => version.id === chosen) ?? locked;
  const changed = Boolean(base && !sameText(base, report));
  const [picked, setPicked] = useState<Mode>();
  const comments = useComments(report.id);
  const open = openOf(comments.data);
  const mode: Mode = picked ?? (open ? 'comments' : locked && !sameText(locked, report) ? 'both' : 'own');
  const tally = useMemo(() => (base && changed ? diffTally(base, report) : undefined), [base, report, changed]);
  const limit = tenant.settings.issued_limit;
  const size = sizeOf(report);
  const against: { label: string; value: Mode }[] = base
    ? [{ label: '原稿对照', value: 'both' }, { label: '三稿对照', value: 'three' }, { label: '修改痕迹', value: 'marks' }, { label: '谁写的', value: 'who' }]
    : [];
  return (
    <Panel flush title="文稿" extra={(
      <div className={styles.switcher}>
        <Segmented<Mode> value={mode} onChange={setPicked} options={[...against, { label: '只看本稿', value: 'own' }, { label: open ? `批注 ${open}` : '批注', value: 'comments' }]} />
        {base && <Link to={`/t/${tenant.code}/reports/${report.id}/versions`}>全部版本（{versions.length}）</Link>}
      </div>
    )}>
      <Suspense>
        {mode === 'three' && <ThreeTexts report={report} versions={versions} />}
        {mode === 'who' && <WhoWrote report={report} versions={versions} />}
        {mode === 'comments' && <Loaded query={comments}>{(all) => <CommentsPane report={report} comments={all} />}</Loaded>}
      </Suspense>
      {!whole.includes(mode) && <div className={`${styles.panes} ${mode === 'both' ? styles.two : ''}`}>
        {mode === 'both' && base && (
          <div className={styles.pane}>
            <div className={styles.paneHead}>
              {versions.length > 1 ? (
                <Select
                  size="small"
                  aria-label="对照版本"
                  value={base.id}
                  onChange={setChosen}
                  style={{ minWidth: 130 }}
                  options={versions.map((version) => ({ value: version.id, label: nameOf(version) }))}
                />
              ) : <b>{nameOf(base)}</b>}
              {base.id === locked?.id ? <LockedHead version={base} /> : <span>{[base.by, time(base.at)].filter(Boolean).join(' ')}</span>}
              <span className={styles.counter}>{count(sizeOf(base))} 字</span>
            </div>
            <ReportText text={base} />
          </div>
        )}
        <div className={styles.pane}>
          <div className={styles.paneHead}>
            <b>{mode === 'marks' && base ? `本稿（对比${nameOf(base)}）` : '本稿'}</b>
            {tally ? <span><span className={styles.plus}>增 {tally.added}</span>　<span className={styles.minus}>删 {tally.removed}</span></span> : base && <span>与{nameOf(base)}一致</span>}
            <span className={`${styles.counter} ${size > limit ? styles.over : ''}`}>{count(size)} / {count(limit)} 字</span>
          </div>
          {mode === 'marks' && base ? <DiffView before={base} after={report} /> : <ReportText text={report} />}
        </div>
      </div>}
    </Panel>
  );
}
