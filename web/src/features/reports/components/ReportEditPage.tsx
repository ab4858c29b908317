import { useState } from 'react';
import { useLocation, useParams } from 'react-router';
import { newId } from '@/lib/actionKey';
import { Loaded } from '@/ui/plain/states';
import { useReport, useVersions } from '../api/report';
import { Editor } from './Editor';

/** Writing a new report, or editing one. */
export default function ReportEditPage() {
  const { id } = useParams();
  const location = useLocation();
  return id ? <Existing key={id} id={id} /> : <Fresh key={location.key} />;
}

function Fresh() {
  const [id] = useState(newId);
  return <Editor id={id} versions={[]} />;
}

function Existing({ id }: { id: string }) {
  const report = useReport(id);
  const versions = useVersions(id);
  return (
    <Loaded query={report}>
      {(data) => <Loaded query={versions}>{(all) => <Editor id={id} report={data} versions={all} />}</Loaded>}
    </Loaded>
  );
}
