import { App, Button, Input, Segmented } from 'antd';
import { useState } from 'react';
import { Link, useSearchParams } from 'react-router';
import { sentence } from '@/lib/errors';
import { ago } from '@/lib/format';
import { scopeOf, useMay, useMe } from '@/lib/tenant';
import { label, proposalText } from '@/lib/texts';
import { faultsOf, Field, Fields, FormFault } from '@/ui/Field';
import { PageHead, Panel } from '@/ui/Page';
import { EmptyState, Loaded } from '@/ui/plain/states';
import { StatusTag } from '@/ui/plain/StatusTag';
import { useAddProposal, useEditProposal, useProposal, useProposals, type Proposal } from '../api/proposals';
import styles from './proposals.module.css';

/** Drafts of proposals: made of reports, or written here. */
export default function ProposalsPage() {
  const [params, setParams] = useSearchParams();
  const [state, setState] = useState('draft');
  const { message } = App.useApp();
  const mayWrite = useMay('proposal:write');
  const proposals = useProposals({ state: state === 'all' ? undefined : state });
  const add = useAddProposal();
  const items = proposals.data?.pages.flatMap((page) => page.items) ?? [];
  const shown = params.get('id') ?? '';
  const create = () =>
    add.mutate({ title: '关于…的提案', situation: '', advice: '' }, {
      onSuccess: (one) => setParams({ id: one.id }, { replace: true }),
      onError: (error) => void message.error(sentence(error)),
    });
  return (
    <>
      <PageHead title="提案草稿" hint="由信息转来，改写后作为提案提交">
        <Segmented<string> value={state} onChange={setState} options={[...Object.entries(proposalText).map(([value, text]) => ({ value, label: text })), { value: 'all', label: '全部' }]} />
        {mayWrite && <Button loading={add.isPending} onClick={create}>新建提案草稿</Button>}
      </PageHead>
      <div className={styles.layout}>
        <Panel flush>
          <Loaded query={proposals}>
            {() => (items.length === 0
              ? <EmptyState title="没有提案草稿" hint="在稿件页面点“转为提案草稿”。" />
              : items.map((one) => (
                <button key={one.id} type="button" data-row={one.id} className={`${styles.row} ${one.id === shown ? styles.current : ''}`} onClick={() => setParams({ id: one.id }, { replace: true })}>
                  <b>{one.title}</b>
                  <small>{one.situation}</small>
                  <small>{[one.owner_name, ago(one.updated_at), label(proposalText, one.state)].join(' · ')}</small>
                </button>
              )))}
          </Loaded>
          {proposals.hasNextPage && <div className={styles.more}><Button onClick={() => void proposals.fetchNextPage()}>加载更多</Button></div>}
        </Panel>
        {shown ? <Detail key={shown} id={shown} /> : <Panel><EmptyState title="请选择一份提案草稿" /></Panel>}
      </div>
    </>
  );
}

function Detail({ id }: { id: string }) {
  const proposal = useProposal(id);
  return <Loaded query={proposal}>{(data) => <Form key={data.version} proposal={data} />}</Loaded>;
}

function Form({ proposal }: { proposal: Proposal }) {
  const me = useMe();
  const { message } = App.useApp();
  const [form, setForm] = useState({ title: proposal.title, situation: proposal.situation, advice: proposal.advice });
  const edit = useEditProposal();
  const faults = faultsOf(edit.error);
  const scope = scopeOf(me, 'proposal:write');
  const mayWrite = scope === 'tenant' || (scope !== undefined && proposal.owner_id === me.membership.id);
  const open = mayWrite && proposal.state === 'draft';
  const set = (part: Partial<typeof form>) => setForm({ ...form, ...part });
  const save = (part: Partial<Proposal>, text: string) => edit.mutate({ of: proposal, ...part }, { onSuccess: () => void message.success(text) });
  return (
    <Panel title={<>提案草稿 <StatusTag>{label(proposalText, proposal.state)}</StatusTag></>} extra={proposal.report_id && <Link to={`/t/${me.tenant.code}/reports/${proposal.report_id}`}>查看来源稿件</Link>}>
      <Fields>
        <Field wide label="案由" fault={faults.title}><Input readOnly={!open} value={form.title} maxLength={100} onChange={(event) => set({ title: event.target.value })} /></Field>
        <Field wide label="情况分析" fault={faults.situation}><Input.TextArea readOnly={!open} autoSize={{ minRows: 6, maxRows: 16 }} maxLength={5000} value={form.situation} onChange={(event) => set({ situation: event.target.value })} /></Field>
        <Field wide label="建议" fault={faults.advice}><Input.TextArea readOnly={!open} autoSize={{ minRows: 4, maxRows: 12 }} maxLength={5000} value={form.advice} onChange={(event) => set({ advice: event.target.value })} /></Field>
      </Fields>
      <FormFault error={edit.error} />
      {mayWrite && (
        <div className={styles.actions}>
          {open && <Button type="primary" loading={edit.isPending} disabled={!form.title.trim()} onClick={() => save(form, '已保存')}>保存</Button>}
          {open && <Button onClick={() => save({ ...form, state: 'filed' }, '已记为提交')}>保存并记为已提交</Button>}
          {open && <Button onClick={() => save({ state: 'dropped' }, '已放弃')}>放弃</Button>}
          {!open && <Button onClick={() => save({ state: 'draft' }, '已恢复为草稿')}>恢复为草稿</Button>}
        </div>
      )}
    </Panel>
  );
}
