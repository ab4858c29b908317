import { App, Button } from 'antd';
import { Link, useNavigate } from 'react-router';
import { sentence } from '@/lib/errors';
import { useMay, useMe } from '@/lib/tenant';
import { label, proposalText } from '@/lib/texts';
import type { Report } from '@/lib/types';
import { Panel } from '@/ui/Page';
import { useProposalOfReport, useProposals } from '../api/proposals';

/** The drafts of proposals that a report became, and the button that makes one. */
export function ProposalPanel({ report }: { report: Report }) {
  const { tenant } = useMe();
  const { message } = App.useApp();
  const navigate = useNavigate();
  const mayRead = useMay('proposal:read');
  const mayWrite = useMay('proposal:write');
  const found = useProposals({ report: report.id }, mayRead).data?.pages[0]?.items ?? [];
  const convert = useProposalOfReport();
  const make = () =>
    convert.mutate(report.id, {
      onSuccess: (proposal) => {
        void message.success('已转为提案草稿');
        navigate(`/t/${tenant.code}/proposals?id=${proposal.id}`);
      },
      onError: (error) => void message.error(sentence(error)),
    });
  if (!mayWrite && !found.length) return null;
  return (
    <Panel title="提案草稿" extra={mayWrite && report.title && <Button size="small" loading={convert.isPending} onClick={make}>转为提案草稿</Button>}>
      {found.length === 0 && <p>还没有转为提案。</p>}
      {found.map((one) => <p key={one.id}><Link to={`/t/${tenant.code}/proposals?id=${one.id}`}>{one.title}</Link>（{label(proposalText, one.state)}，{one.owner_name}）</p>)}
    </Panel>
  );
}
