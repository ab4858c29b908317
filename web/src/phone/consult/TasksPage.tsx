import { useCheckTasks } from '@/features/checks/api/checks';
import { checkStateText, dateText, matterText } from '@/features/checks/api/words';
import { useOpinionTasks } from '@/features/consultations/api/consultations';
import { waitingChecks, waitingSheets } from '@/features/consultations/api/waiting';
import { kindText, sheetStateText } from '@/features/consultations/api/words';
import { useTenantCode } from '@/lib/tenant';
import { EmptyState, Loaded } from '@/ui/plain/states';
import { StatusTag } from '@/ui/plain/StatusTag';
import { Card, Page } from '../frame/Page';
import { Link } from '../frame/router';
import styles from './consult.module.css';

interface Item {
  path: string;
  title: string;
  what: string;
  due?: string;
  state: string;
  waits: boolean;
  overdue: boolean;
}

/** 我的会商: what the person, or the person's unit, was asked to check or to give an opinion on. */
export function TasksPage() {
  const checks = useCheckTasks();
  const sheets = useOpinionTasks();
  return (
    <Page title="我的会商">
      <Loaded query={checks}>
        {(allChecks) => (
          <Loaded query={sheets}>
            {(allSheets) => {
              const [asked, open] = [waitingChecks(allChecks), waitingSheets(allSheets)];
              const items: Item[] = [
                ...allChecks.map((one) => ({ path: `checks/${one.id}`, title: one.report_title, what: matterText[one.matter], due: one.due_on, state: checkStateText[one.state], waits: asked.includes(one), overdue: one.overdue })),
                ...allSheets.map((one) => ({ path: `consultations/${one.id}`, title: one.report_title, what: kindText[one.kind], due: one.due_on, state: sheetStateText[one.state], waits: open.includes(one), overdue: one.overdue })),
              ];
              if (!items.length) return <EmptyState title="还没有请您核实或会商的信息" hint="有人请您核实或提意见时，会有消息提醒。" />;
              return (
                <>
                  <Items title="待办" items={items.filter((one) => one.waits)} />
                  <Items title="其他" items={items.filter((one) => !one.waits)} />
                </>
              );
            }}
          </Loaded>
        )}
      </Loaded>
    </Page>
  );
}

function Items({ title, items }: { title: string; items: Item[] }) {
  const tenant = useTenantCode();
  if (!items.length) return null;
  return (
    <Card title={title}>
      <ul className={styles.list}>
        {items.map((one) => (
          <li key={one.path}>
            <Link to={`/t/${tenant}/${one.path}`} className={styles.item}>
              <strong>{one.title}</strong>
              <span className={styles.line}>
                {one.what}
                {one.waits
                  ? <StatusTag tone={one.overdue ? 'risk' : 'run'}>{one.overdue ? '已超期' : `${dateText(one.due)}前`}</StatusTag>
                  : <StatusTag>{one.state}</StatusTag>}
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </Card>
  );
}
