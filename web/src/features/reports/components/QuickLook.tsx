import { Button } from 'antd';
import { Link } from 'react-router';
import { useMe } from '@/lib/tenant';
import { Panel } from '@/ui/Page';
import { ReportText } from '@/ui/plain/ReportText';
import { Loaded } from '@/ui/plain/states';
import { ReportStatus } from '@/ui/plain/StatusTag';
import { useReport } from '../api/report';
import styles from './list.module.css';
import { fromSentence } from './marks';

interface Props {
  id: string;
  onTakeUp: (id: string) => void;
  onClose: () => void;
}

/** The chosen report beside the list, read without leaving it. */
export default function QuickLook({ id, onTakeUp, onClose }: Props) {
  const { tenant } = useMe();
  const report = useReport(id);
  return (
    <Panel flush className={styles.look}>
      <Loaded query={report}>
        {(data) => (
          <>
            <div className={styles.lookHead}>
              <ReportStatus state={data.state} />
              <span>{fromSentence(data).main}</span>
              <span style={{ flex: 1 }} />
              {data.can?.includes('take_up') && <Button size="small" type="primary" onClick={() => onTakeUp(id)}>受理</Button>}
              <Link to={`/t/${tenant.code}/reports/${id}`}><Button size="small">打开</Button></Link>
              <Button size="small" type="text" onClick={onClose}>关闭</Button>
            </div>
            <div className={styles.lookBody} tabIndex={0} role="region" aria-label="稿件正文"><ReportText text={data} /></div>
          </>
        )}
      </Loaded>
    </Panel>
  );
}
