import { Button } from 'antd';
import { useDownload } from '@/ui/useDownload';
import type { Issue } from '../api/issues';
import { useJournals } from '../api/journals';

/** The issue as Word, and as PDF where the server makes it. */
export function Downloads({ issue }: { issue: Pick<Issue, 'id' | 'can'> }) {
  const file = useDownload();
  const pdf = useJournals().data?.pdf;
  if (!issue.can.includes('export')) return null;
  const fetchAs = (format: string) => void file.fetch(`/issues/${issue.id}/document`, { format });
  return (
    <>
      <Button disabled={file.busy} onClick={() => fetchAs('docx')}>下载 Word</Button>
      {pdf && <Button loading={file.busy} onClick={() => fetchAs('pdf')}>下载 PDF</Button>}
    </>
  );
}
