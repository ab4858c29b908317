import { Button } from 'antd';
import { lazy, Suspense, useState, type ReactNode } from 'react';
import { useMatrix } from '@/features/roles/api/roles';
import { useMay } from '@/lib/tenant';
import { chainClassText, label } from '@/lib/texts';
import { PageHead, Panel } from '@/ui/Page';
import { EmptyState, Loaded } from '@/ui/plain/states';
import { StatusTag } from '@/ui/plain/StatusTag';
import { useChains, useTemplates, type NewChain, type Step } from '../api/chains';
import { waitsFor } from './steps';
import styles from './chains.module.css';

const ChainDialog = lazy(() => import('./ChainDialog'));

type Names = Record<string, string>;
const named = (items: { code: string; name: string }[] = []): Names => Object.fromEntries(items.map(({ code, name }) => [code, name]));

/** What is being set up: a new chain, a copy of a template, or a chain that takes the place of another. */
export type Draft = NewChain & { id?: string };

/** The chains reports pass on their way to the signature. */
export default function ChainsPage() {
  const [draft, setDraft] = useState<Draft>();
  const mayWrite = useMay('chain:write');
  const chains = useChains();
  const templates = useTemplates();
  const matrix = useMatrix();
  const posts = named(templates.data?.posts);
  const roles = named(matrix.data?.roles);
  const inUse = chains.data?.filter((chain) => chain.active) ?? [];
  const ended = chains.data?.filter((chain) => !chain.active) ?? [];
  return (
    <>
      <PageHead title="审签流程" hint="稿件按类别走各自的流程，最后一个环节通过即签发">
        {mayWrite && <Button type="primary" onClick={() => setDraft({ name: '', applies_to: [], steps: [{ title: '' }] })}>新建流程</Button>}
      </PageHead>
      <div className={styles.page}>
        <Panel title="现行流程" flush>
          <Loaded query={chains}>
            {() => (inUse.length === 0
              ? <EmptyState title="还没有审签流程" hint={mayWrite ? '可以从下面的模板新建一个。' : '请本单位系统管理员设置，设置前稿件不能送审。'} />
              : inUse.map((chain) => (
                <Row key={chain.id} chain={chain} posts={posts} roles={roles}>
                  {mayWrite && <Button onClick={() => setDraft(chain)}>修改</Button>}
                </Row>
              )))}
          </Loaded>
        </Panel>
        {mayWrite && (
          <Panel title="流程模板" flush>
            <Loaded query={templates}>
              {({ items }) => items.map(({ code, ...chain }) => (
                <Row key={code} chain={chain} posts={posts} roles={roles}>
                  <Button onClick={() => setDraft({ ...chain, template: code })}>照此新建</Button>
                </Row>
              ))}
            </Loaded>
          </Panel>
        )}
        {ended.length > 0 && (
          <details className={styles.ended}>
            <summary>已停用的流程（{ended.length}）</summary>
            <Panel flush>{ended.map((chain) => <Row key={chain.id} chain={chain} posts={posts} roles={roles} />)}</Panel>
          </details>
        )}
      </div>
      {draft && (
        <Suspense>
          <ChainDialog draft={draft} posts={templates.data?.posts ?? []} roles={matrix.data?.roles ?? []} onClose={() => setDraft(undefined)} />
        </Suspense>
      )}
    </>
  );
}

function Row({ chain, posts, roles, children }: { chain: NewChain; posts: Names; roles: Names; children?: ReactNode }) {
  return (
    <div className={styles.row}>
      <div className={styles.name}>
        <strong>{chain.name}</strong>
        <span>{chain.applies_to.map((one) => <StatusTag key={one} bare tone="run">{label(chainClassText, one)}</StatusTag>)}</span>
      </div>
      <Steps steps={chain.steps} posts={posts} roles={roles} />
      <div>{children}</div>
    </div>
  );
}

function Steps({ steps, posts, roles }: { steps: Step[]; posts: Names; roles: Names }) {
  return (
    <ol className={styles.steps}>
      {steps.map((step, index) => (
        <li key={index}>
          <span className={styles.no}>{index + 1}</span>
          <span>{step.title}<small>{waitsFor(step, posts, roles)}</small></span>
        </li>
      ))}
    </ol>
  );
}
