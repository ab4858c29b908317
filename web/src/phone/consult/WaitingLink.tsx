import { useCheckTasks } from '@/features/checks/api/checks';
import { useOpinionTasks } from '@/features/consultations/api/consultations';
import { waitingChecks, waitingSheets } from '@/features/consultations/api/waiting';
import { useTenantCode } from '@/lib/tenant';
import { NextIcon } from '../frame/icons';
import { Link } from '../frame/router';
import home from '../home/home.module.css';

/** How many requests wait for this person's answer; nothing where none does. */
export function WaitingLink() {
  const tenant = useTenantCode();
  const count = waitingChecks(useCheckTasks().data ?? []).length + waitingSheets(useOpinionTasks().data ?? []).length;
  if (!count) return null;
  return (
    <Link to={`/t/${tenant}/consultations`} className={`${home.waiting} ${home.some}`}>
      <span>请我核实和会商</span>
      <span><b>{count}</b> 件 <NextIcon /></span>
    </Link>
  );
}
