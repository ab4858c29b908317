import { App, Button } from 'antd';
import { lazy, Suspense, useState, type ReactNode } from 'react';
import { useMatrix } from '@/features/roles/api/roles';
import { sentence } from '@/lib/errors';
import { useMay } from '@/lib/tenant';
import { chainClassText, label } from '@/lib/texts';
import { PageHead, Panel } from '@/ui/Page';
import { EmptyState, Loaded } from '@/ui/plain/states';
import { StatusTag } from '@/ui/plain/StatusTag';
import { useChains, useEndChain, usePeople, useTemplates, type NewChain } from '../api/chains';
import { ChargesPanel } from './ChargesPanel';
import styles from './chains.module.css';
import { FlowDrawing } from './FlowDrawing';
import { conditionText, newStep, type Names } from './steps';
import { StuckPanel } from './StuckPanel';

const ChainDialog = lazy(() => import('./ChainDialog'));

const named = (items: { code: string; name: string }[] = []): Record<string, string> => Object.fromEntries(items.map(({ code, name }) => [code, name]));

/** What is being set up: a new flow, a copy of a template, or a flow that takes the place of another. */
export type Draft = NewChain & { id?: string };

/** The flows reports pass on their way to the signature. */
export default function ChainsPage() {
  const { message } = App.useApp();
  const [draft, setDraft] = useState<Draft>();
  const mayWrite = useMay('chain:write');
  const chains = useChains();
  const templates = useTemplates();
  const matrix = useMatrix();
  const people = usePeople().data ?? [];
  const end = useEndChain();
  const names: Names = { posts: named(templates.data?.posts), roles: named(matrix.data?.roles), people };
  const inUse = chains.data?.filter((chain) => chain.active) ?? [];
  const ended = chains.data?.filter((chain) => !chain.active) ?? [];
  const stop = (id: string) => end.mutate({ id }, {
    onSuccess: () => void message.success('已停用，已在审签中的稿件不受影响'),
    onError: (error: Error) => void message.error(sentence(error)),
  });
  return (
    <>
      <PageHead title="审签流程" hint="稿件按类别和条件走各自的流程，最后一个环节通过即签发；修改流程不影响已在审签中的稿件">
        {mayWrite && <Button type="primary" onClick={() => setDraft({ name: '', applies_to: [], steps: [newStep()] })}>新建流程</Button>}
      </PageHead>
      <div className={styles.page}>
        {mayWrite && <StuckPanel people={people} />}
        <Panel title="现行流程" flush>
          <Loaded query={chains}>
            {() => (inUse.length === 0
              ? <EmptyState title="还没有审签流程" hint={mayWrite ? '可以从下面的模板新建一个。' : '请本单位系统管理员设置，设置前稿件不能送审。'} />
              : inUse.map((chain) => (
                <Row key={chain.id} chain={chain} names={names}>
                  {mayWrite && <Button onClick={() => setDraft(chain)}>修改</Button>}
                  {mayWrite && <Button type="text" disabled={end.isPending} onClick={() => stop(chain.id)}>停用</Button>}
                </Row>
              )))}
          </Loaded>
        </Panel>
        <ChargesPanel people={people} mayWrite={mayWrite} />
        {mayWrite && (
          <Panel title="流程模板" flush>
            <Loaded query={templates}>
              {({ items }) => items.map(({ code, from, ...chain }) => (
                <Row key={code} chain={chain} names={names} from={`${code.split('-')[0]}　${from}`}>
                  <Button onClick={() => setDraft(chain)}>照此新建</Button>
                </Row>
              ))}
            </Loaded>
          </Panel>
        )}
        {ended.length > 0 && (
          <details className={styles.ended}>
            <summary>已停用的流程（{ended.length}）</summary>
            <Panel flush>{ended.map((chain) => <Row key={chain.id} chain={chain} names={names} />)}</Panel>
          </details>
        )}
      </div>
      {draft && (
        <Suspense>
          <ChainDialog draft={draft} posts={templates.data?.posts ?? []} roles={matrix.data?.roles ?? []} names={names} people={people} onClose={() => setDraft(undefined)} />
        </Suspense>
      )}
    </>
  );
}

function Row({ chain, names, from, children }: { chain: NewChain; names: Names; from?: string; children?: ReactNode }) {
  const when = conditionText(chain.when);
  return (
    <div className={styles.row}>
      <div className={styles.name}>
        <strong>{chain.name}</strong>
        <span>{chain.applies_to.map((one) => <StatusTag key={one} bare tone="run">{label(chainClassText, one)}</StatusTag>)}</span>
        {from && <small>{from}</small>}
        {when && <small>条件：{when}</small>}
        {chain.green && chain.green.length > 0 && <small>绿色通道：{chain.green.map((post) => names.posts[post] ?? '指定岗位').join('、')}可先签发</small>}
      </div>
      <FlowDrawing chain={chain} names={names} />
      <div className={styles.buttons}>{children}</div>
    </div>
  );
}
