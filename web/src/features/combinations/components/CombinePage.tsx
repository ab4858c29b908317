import { App, Button } from 'antd';
import { useQueries } from '@tanstack/react-query';
import { useState } from 'react';
import { useNavigate, useSearchParams } from 'react-router';
import { fetchReport } from '@/features/reports/api/report';
import { MetaFields } from '@/features/reports/components/MetaFields';
import { TextFields } from '@/features/reports/components/TextFields';
import { isApiError, sentence } from '@/lib/errors';
import { qk } from '@/lib/query';
import { useMe } from '@/lib/tenant';
import type { Report, ReportText } from '@/lib/types';
import { PageHead, Panel } from '@/ui/Page';
import { EmptyState, ErrorState, PageSkeleton } from '@/ui/plain/states';
import { equalShares, useCombine } from '../api/combine';
import { Source } from './Source';
import styles from './combine.module.css';

const MOST = 10;

/** 综合采编: several reports become one, with their shares of the credit. */
export default function CombinePage() {
  const { tenant } = useMe();
  const navigate = useNavigate();
  const [params] = useSearchParams();
  const ids = [...new Set((params.get('ids') ?? '').split(',').filter(Boolean))].slice(0, MOST);
  const reports = useQueries({
    queries: ids.map((id) => ({ queryKey: qk(tenant.code, 'report', id), queryFn: () => fetchReport(tenant.code, id) })),
  });
  const failed = reports.find((one) => one.error && !one.data);
  if (ids.length < 2) {
    return (
      <>
        <PageHead title="综合采编" />
        <EmptyState title="请先选择 2 至 10 篇来稿" hint="在「在办稿件」或「已签发」中勾选同一主题的稿件，再点「综合采编」。">
          <Button type="primary" onClick={() => navigate(`/t/${tenant.code}/desk`)}>去选择稿件</Button>
        </EmptyState>
      </>
    );
  }
  if (failed) return <ErrorState error={failed.error} onRetry={() => void failed.refetch()} />;
  const sources = reports.map((one) => one.data).filter((one): one is Report => Boolean(one));
  return sources.length === ids.length ? <Combine sources={sources} /> : <PageSkeleton />;
}

function Combine({ sources }: { sources: Report[] }) {
  const { tenant } = useMe();
  const navigate = useNavigate();
  const { message } = App.useApp();
  const [text, setText] = useState<ReportText>({ title: '', problem: '', cause: '', advice: '' });
  const [category, setCategory] = useState(sources[0]?.category ?? '');
  const [shares, setShares] = useState(() => equalShares(sources.map((source) => source.id)));
  const combine = useCombine();
  const faults = isApiError(combine.error) ? combine.error.byField : {};
  const sum = Object.values(shares).reduce((total, share) => total + share, 0);
  const add = (part: keyof ReportText, addition: string) =>
    setText({ ...text, [part]: [text[part], addition].filter(Boolean).join('\n') });
  const submit = () =>
    combine.mutate({ ...text, reports: sources.map((source) => source.id), category, shares }, {
      onSuccess: (made) => {
        message.success('综合稿已生成，来源稿件已并入');
        navigate(`/t/${tenant.code}/reports/${made.id}`);
      },
      onError: (error) => message.error(sentence(error)),
    });
  return (
    <>
      <PageHead title="综合采编" hint={`${sources.length} 篇来稿合为一篇；来源和份额会一直保留`}>
        <Button onClick={() => navigate(-1)}>取消</Button>
        <Button type="primary" loading={combine.isPending} disabled={sum !== 100 || !text.title.trim()} onClick={submit}>生成综合稿</Button>
      </PageHead>
      <div className={styles.layout}>
        <div className={styles.sources}>
          {sources.map((source) => (
            <Source key={source.id} report={source} share={shares[source.id] ?? 0} onShare={(share) => setShares({ ...shares, [source.id]: share })} onAdd={add} />
          ))}
          <Panel flush>
            <div className={styles.sum}>
              <span className={sum === 100 ? '' : styles.fault}>份额合计 {sum}%{sum !== 100 && '，应为 100%'}</span>
              <Button size="small" onClick={() => setShares(equalShares(sources.map((source) => source.id)))}>平均分配</Button>
            </div>
          </Panel>
        </div>
        <Panel flush title="综合稿">
          <div className={styles.form}>
            <TextFields text={text} limit={tenant.settings.issued_limit} faults={faults} onChange={(part) => setText({ ...text, ...part })} />
            <MetaFields
              meta={{ category, urgency: 'normal', class: 'ordinary' }}
              faults={faults}
              only="category"
              withClass={false}
              onChange={(change) => change.category && setCategory(change.category)}
            />
          </div>
        </Panel>
      </div>
    </>
  );
}
