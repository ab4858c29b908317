import { Link } from 'react-router';
import { useCheckTasks } from '@/features/checks/api/checks';
import { dateText } from '@/features/checks/api/words';
import work from '@/features/work/components/work.module.css';
import { useMe } from '@/lib/tenant';
import { Panel } from '@/ui/Page';
import { useOpinionTasks } from '../api/consultations';
import { waitingChecks, waitingSheets } from '../api/waiting';
import { kindText } from '../api/words';

/** The lane of the work table for checks and opinions; nothing where nothing waits. */
export function WaitingPanel() {
  const { tenant } = useMe();
  const checks = waitingChecks(useCheckTasks().data ?? []);
  const sheets = waitingSheets(useOpinionTasks().data ?? []);
  const items = [
    ...checks.map((one) => ({ id: one.id, title: one.report_title, what: '请您核实', due: one.due_on })),
    ...sheets.map((one) => ({ id: one.id, title: one.report_title, what: kindText[one.kind], due: one.due_on })),
  ];
  if (!items.length) return null;
  return (
    <Panel flush title="待我核实和会商" extra={<span className={work.count}>{items.length}</span>}>
      {items.slice(0, 5).map((one) => (
        <Link key={one.id} to={`/t/${tenant.code}/consultations`} className={work.item}>
          <span className={work.title}>{one.title}</span>
          <span className={work.meta}>{one.what}{one.due && <time>{dateText(one.due)}前</time>}</span>
        </Link>
      ))}
      {items.length > 5 && <Link className={work.all} to={`/t/${tenant.code}/consultations`}>查看全部</Link>}
    </Panel>
  );
}
