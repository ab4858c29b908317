import { App, Button, DatePicker, Input, InputNumber, Modal } from 'antd';
import dayjs from 'dayjs';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { isApiError } from '@/lib/errors';
import { useMe } from '@/lib/tenant';
import { Field, faultsOf, FormFault } from '@/ui/Field';
import { PageHead, Panel } from '@/ui/Page';
import { useArrange, useDiscard, useRelease, type Issue, type IssueContent, type IssueItem } from '../api/issues';
import { numberText } from '../words';
import { Downloads } from './Downloads';
import { IssueItems } from './IssueItems';
import { Paper } from './Paper';
import styles from './issues.module.css';

const contentOf = (issue: Issue): IssueContent => ({
  title: issue.title, introduction: issue.introduction, report_to: issue.report_to, send_to: issue.send_to, issue_to: issue.issue_to, scope: issue.scope,
  copies: issue.copies, signer: issue.signer, dated: issue.dated, items: issue.items.map((item) => ({ report_id: item.report_id, heading: item.heading })),
});

/** A draft: its reports in their order and its heads on the left, its paper on the right. */
export function IssueEditor({ issue: read }: { issue: Issue }) {
  const { tenant } = useMe();
  const navigate = useNavigate();
  const { message } = App.useApp();
  const [issue, setIssue] = useState(read);
  const [asking, setAsking] = useState<'release' | 'discard'>();
  const arrange = useArrange();
  const release = useRelease();
  const discard = useDiscard();
  const changed = JSON.stringify(contentOf(issue)) !== JSON.stringify(contentOf(read));
  const set = (part: Partial<Issue>) => setIssue({ ...issue, ...part });
  const faults = { ...faultsOf(arrange.error), ...faultsOf(release.error) };
  const save = () => arrange.mutateAsync({ id: read.id, version: read.version, content: contentOf(issue) });
  const saved = () => void save().then(() => message.success('编排已保存'), () => undefined);
  const releaseIt = async () => {
    setAsking(undefined);
    try {
      const kept = changed ? await save() : read;
      const done = await release.mutateAsync({ id: kept.id, version: kept.version });
      message.success(`已编发：《${done.journal}》${numberText(done)}`);
    } catch {
      // what is wrong stands at its field or above the form
    }
  };
  const error = release.error ?? arrange.error;
  return (
    <>
      <PageHead title={`《${read.journal}》${numberText(read)}`} hint="期号在编发时取得，编发前只是拟编；同一刊物同年期号连续">
        {read.can.includes('discard') && <Button onClick={() => setAsking('discard')}>放弃编排</Button>}
        {!changed && <Downloads issue={read} />}
        <Button disabled={!changed} loading={arrange.isPending} onClick={saved}>保存编排</Button>
        {read.can.includes('release') && <Button type="primary" loading={release.isPending} onClick={() => setAsking('release')}>编发</Button>}
      </PageHead>
      <FormFault error={error} />
      {isApiError(error) && error.status === 412 && <p className={styles.fault}><Button size="small" onClick={() => location.reload()}>刷新，重新编排</Button></p>}
      <div className={styles.layout}>
        <div className={styles.side}>
          <Panel title={`编入的信息（${issue.items.length} 篇）`}>
            <IssueItems issue={issue} fault={faults.items} onChange={(items: IssueItem[]) => set({ items })} />
          </Panel>
          <Panel title="版头、主送和抄送"><Heads issue={issue} faults={faults} set={set} /></Panel>
        </div>
        <div className={styles.preview}><Paper issue={issue} unit={tenant.name} /></div>
      </div>
      <Modal open={asking === 'release'} title="编发这一期？" okText="编发" onOk={() => void releaseIt()} onCancel={() => setAsking(undefined)}>
        <p>编发后取得正式期号，内容不能再改；未采用过的 {issue.items.length} 篇信息同时记为{issue.items.length > 1 ? '综合采用' : '单篇采用'}，来稿人会收到反馈。有误只能作废，期号保留。</p>
      </Modal>
      <Modal open={asking === 'discard'} title="放弃编排这一期？" okText="放弃" okButtonProps={{ danger: true, loading: discard.isPending }} onCancel={() => setAsking(undefined)}
        onOk={() => discard.mutate({ id: read.id }, { onSuccess: () => navigate(`/t/${tenant.code}/issues`) })}>
        <p>这一期还没有取得期号，放弃后编入的信息可以编入其他期。</p>
        <FormFault error={discard.error} />
      </Modal>
    </>
  );
}

interface HeadsProps {
  issue: Issue;
  faults: Record<string, string>;
  set: (part: Partial<Issue>) => void;
}

function Heads({ issue, faults, set }: HeadsProps) {
  const line = (name: 'report_to' | 'send_to' | 'issue_to' | 'scope', label: string, hint?: string) => (
    <Field label={label} fault={faults[name]} hint={hint}>
      <Input.TextArea autoSize maxLength={name === 'scope' ? 200 : 500} value={issue[name]} onChange={(event) => set({ [name]: event.target.value })} />
    </Field>
  );
  return (
    <div className={styles.form}>
      <Field label="总标题" fault={faults.title} hint="一期一篇可不填，用该篇的标题；多篇须填">
        <Input maxLength={100} value={issue.title} onChange={(event) => set({ title: event.target.value })} />
      </Field>
      <Field label="导语" fault={faults.introduction} hint="排在正文之前，如编者按">
        <Input.TextArea autoSize={{ minRows: 2 }} maxLength={2000} value={issue.introduction} onChange={(event) => set({ introduction: event.target.value })} />
      </Field>
      {line('report_to', '报（主送）')}
      {line('send_to', '送（抄送）')}
      {line('issue_to', '发')}
      {line('scope', '报送范围', '只记入登记簿，不印在纸上')}
      <div className={styles.two}>
        <Field label="签发人" fault={faults.signer}>
          <Input maxLength={40} value={issue.signer} onChange={(event) => set({ signer: event.target.value })} />
        </Field>
        <Field label="印发日期" fault={faults.dated}>
          <DatePicker allowClear={false} style={{ width: '100%' }} value={dayjs(issue.dated)} onChange={(at) => at && set({ dated: at.format('YYYY-MM-DD') })} />
        </Field>
        <Field label="共印份数" fault={faults.copies} hint="0 为不印">
          <InputNumber min={0} max={100000} precision={0} style={{ width: '100%' }} value={issue.copies} onChange={(copies) => set({ copies: copies ?? 0 })} />
        </Field>
      </div>
    </div>
  );
}
