import { useParams } from 'react-router';
import { useMe } from '@/lib/tenant';
import { Loaded } from '@/ui/plain/states';
import { useIssue } from '../api/issues';
import { IssueEditor } from './IssueEditor';
import { Paper } from './Paper';
import { PrintedIssue } from './PrintedIssue';
import styles from './issues.module.css';

/** One issue: arranged with its paper beside it, or as it was printed. */
export default function IssuePage() {
  const { id = '' } = useParams();
  const { tenant } = useMe();
  const issue = useIssue(id);
  return (
    <Loaded query={issue}>
      {(data) => (data.state === 'draft' && data.can.includes('edit')
        ? <IssueEditor key={`${data.id} ${data.version}`} issue={data} />
        : (
          <>
            <PrintedIssue issue={data} />
            <div className={styles.layout} style={{ marginTop: 16 }}><Paper issue={data} unit={tenant.name} /></div>
          </>
        ))}
    </Loaded>
  );
}
