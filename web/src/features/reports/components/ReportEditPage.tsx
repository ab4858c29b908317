import { useLocation, useParams } from 'react-router';
import { Loaded, PageSkeleton } from '@/ui/plain/states';
import { useReport, useVersions } from '../api/report';
import { useKept } from '../api/useKept';
import { Editor } from './Editor';

/** Writing a new report, or editing one. */
export default function ReportEditPage() {
  const { id } = useParams();
  const location = useLocation();
  return id ? <Existing key={id} id={id} /> : <Fresh key={location.key} visit={location.key} />;
}

/** A new report, or the one begun last on this machine. */
function Fresh({ visit }: { visit: string }) {
  const { owner, kept } = useKept(undefined, visit);
  if (!kept.data) return <PageSkeleton />;
  return <Editor owner={owner} id={kept.data.id} local={kept.data.local} versions={[]} />;
}

function Existing({ id }: { id: string }) {
  const report = useReport(id);
  const versions = useVersions(id);
  const { owner, kept } = useKept(id);
  if (!kept.data) return <PageSkeleton />;
  const { local } = kept.data;
  return (
    <Loaded query={report}>
      {(data) => <Loaded query={versions}>{(all) => <Editor owner={owner} id={id} report={data} local={local} versions={all} />}</Loaded>}
    </Loaded>
  );
}
