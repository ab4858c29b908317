import { Button, Dropdown } from 'antd';
import { useMay } from '@/lib/tenant';
import { useDownload } from '@/ui/useDownload';
import { useJournals } from '../api/journals';

const papers = [['report', '本篇'], ['revised', '修订稿'], ['proof', '核稿单'], ['signing', '签批单']] as const;

/** The papers of one report, as Word and where the server makes it as PDF. */
export default function ExportMenu({ report }: { report: string }) {
  const mayExport = useMay('document:export');
  const pdf = useJournals(mayExport).data?.pdf;
  const file = useDownload();
  if (!mayExport) return null;
  const formats = pdf ? (['docx', 'pdf'] as const) : (['docx'] as const);
  const items = papers.flatMap(([paper, name]) =>
    formats.map((format) => ({ key: `${paper} ${format}`, label: `${name}（${format === 'docx' ? 'Word' : 'PDF'}）` })));
  return (
    <Dropdown trigger={['click']} menu={{ items, onClick: ({ key }) => {
      const [paper, format] = key.split(' ');
      void file.fetch(`/reports/${report}/document`, { paper, format });
    } }}>
      <Button loading={file.busy}>导出</Button>
    </Dropdown>
  );
}
