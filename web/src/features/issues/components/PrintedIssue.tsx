import { App, Button, Input, Modal } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { time } from '@/lib/format';
import { useMe } from '@/lib/tenant';
import { Field, faultsOf, FormFault } from '@/ui/Field';
import { PageHead, Panel } from '@/ui/Page';
import { StatusTag } from '@/ui/plain/StatusTag';
import { useWithdrawIssue, type Issue } from '../api/issues';
import { issueStateText, numberText } from '../words';
import { Downloads } from './Downloads';
import styles from './issues.module.css';

/** What is known of an issue that was printed, and what may still be done with it. */
export function PrintedIssue({ issue }: { issue: Issue }) {
  const { tenant } = useMe();
  const [withdrawing, setWithdrawing] = useState(false);
  const facts: [string, string | undefined][] = [
    ['报', issue.report_to], ['送', issue.send_to], ['发', issue.issue_to], ['报送范围', issue.scope], ['签发人', issue.signer],
    ['编发', issue.released_at && `${issue.released_by} ${time(issue.released_at)}`],
    ['作废', issue.withdrawn_at && `${issue.withdrawn_by} ${time(issue.withdrawn_at)}：${issue.reason}`],
    ['校验值', issue.digest && `SHA-256 ${issue.digest.slice(0, 16)}…`],
  ];
  return (
    <>
      <PageHead title={`《${issue.journal}》${numberText(issue)}`} hint={issue.title}>
        <StatusTag tone={issue.state === 'withdrawn' ? 'quiet' : issue.state === 'draft' ? 'run' : 'ok'}>{issueStateText[issue.state]}</StatusTag>
        <Downloads issue={issue} />
        {issue.can.includes('withdraw') && <Button onClick={() => setWithdrawing(true)}>作废</Button>}
      </PageHead>
      <Panel title="编发情况">
        <dl className={styles.facts}>
          {facts.filter((fact) => fact[1]).map(([name, value]) => [<dt key={name}>{name}</dt>, <dd key={`${name}=`}>{value}</dd>])}
          <dt>编入</dt>
          <dd>{issue.items.map((item) => <div key={item.report_id}><Link to={`/t/${tenant.code}/reports/${item.report_id}`}>{item.title}</Link></div>)}</dd>
        </dl>
      </Panel>
      {withdrawing && <WithdrawDialog issue={issue} onClose={() => setWithdrawing(false)} />}
    </>
  );
}

function WithdrawDialog({ issue, onClose }: { issue: Issue; onClose: () => void }) {
  const { message } = App.useApp();
  const [reason, setReason] = useState('');
  const withdraw = useWithdrawIssue();
  const submit = () =>
    withdraw.mutate({ id: issue.id, reason: reason.trim() }, {
      onSuccess: () => {
        message.success('已作废，期号保留在登记簿');
        onClose();
      },
    });
  return (
    <Modal open title={`作废《${issue.journal}》${numberText(issue)}`} okText="确认作废" okButtonProps={{ danger: true, disabled: !reason.trim(), loading: withdraw.isPending }} onOk={submit} onCancel={onClose}>
      <p className={styles.hint}>期号不再使用，登记簿中注明作废；由本期编发产生的采用会一并更正并告知来稿人。稿件可以编入其他期。</p>
      <Field label="作废原因" fault={faultsOf(withdraw.error).reason}>
        <Input.TextArea rows={3} maxLength={200} showCount value={reason} onChange={(event) => setReason(event.target.value)} />
      </Field>
      <FormFault error={withdraw.error} />
    </Modal>
  );
}
