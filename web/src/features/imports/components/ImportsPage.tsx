import { Segmented } from 'antd';
import { lazy, Suspense } from 'react';
import { useSearchParams } from 'react-router';
import { useMay } from '@/lib/tenant';
import { PageHead } from '@/ui/Page';
import { PageSkeleton } from '@/ui/plain/states';
import { WordPart } from './WordPart';

const TablePart = lazy(() => import('./TablePart'));
const MailPart = lazy(() => import('./MailPart'));

/** What was written elsewhere: a Word file, a table of many, the mails that came. */
export default function ImportsPage() {
  const [params, setParams] = useSearchParams();
  const many = useMay('import:run');
  const part = many ? (params.get('part') ?? 'word') : 'word';
  return (
    <>
      <PageHead title="导入" hint="把别处写好的信息、线索带进来；先看识别和检查的结果，再确认">
        {many && (
          <Segmented<string>
            value={part}
            onChange={(value) => setParams({ part: value }, { replace: true })}
            options={[{ label: 'Word 一篇', value: 'word' }, { label: 'Excel 多篇', value: 'table' }, { label: '来信', value: 'mail' }]}
          />
        )}
      </PageHead>
      <Suspense fallback={<PageSkeleton />}>{{ word: <WordPart />, table: <TablePart />, mail: <MailPart /> }[part] ?? <WordPart />}</Suspense>
    </>
  );
}
