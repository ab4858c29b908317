import { Button, Input, Pagination, Segmented } from 'antd';
import { useState } from 'react';
import { useNavigate, useSearchParams } from 'react-router';
import { useListKeys } from '@/features/reports/components/useListKeys';
import { useMe } from '@/lib/tenant';
import { PageHead, Panel } from '@/ui/Page';
import { EmptyState, Loaded } from '@/ui/plain/states';
import { asks, questionNames, useSearch, type Found, type Question } from '../api/search';
import { Facets } from './Facets';
import { ResultRow } from './ResultRow';
import { SearchFilters } from './SearchFilters';
import styles from './search.module.css';

const PAGE = 20;

/** The question as it stands in the address; a change of it begins at the first page. */
function useQuestion(): [Question, (change: Question) => void] {
  const [params, setParams] = useSearchParams();
  const question: Question = {};
  for (const name of questionNames) question[name] = params.get(name) ?? undefined;
  const change = (part: Question) => {
    const next: Question = { ...question, page: undefined, ...part };
    setParams(Object.fromEntries(Object.entries(next).filter((pair): pair is [string, string] => Boolean(pair[1]))), { replace: true });
  };
  return [question, change];
}

function countOf(found: Found): string {
  const total = found.more ? `超过 ${found.total} 篇` : `共 ${found.total} 篇`;
  return found.total > found.listed ? `${total}，列出最相关的 ${found.listed} 篇` : total;
}

/** Search over everything one may read: title, text, files, people, numbers. */
export default function SearchPage() {
  const { tenant } = useMe();
  const [question, change] = useQuestion();
  const [text, setText] = useState(question.q ?? '');
  const [narrow, setNarrow] = useState(() => questionNames.some((name) => !['q', 'order', 'page'].includes(name) && question[name]));
  const found = useSearch(question);
  return (
    <>
      <PageHead title="搜索" hint="在标题、正文、附件、人员和编号中查找您有权阅读的信息；刚保存的内容一两秒后可以搜到" />
      <div className={styles.ask} role="search">
        <Input.Search
          data-search
          autoFocus
          allowClear
          size="large"
          aria-label="搜索"
          enterButton="搜索"
          placeholder="如：老旧小区 停车；多个词用空格隔开"
          value={text}
          maxLength={100}
          onChange={(event) => setText(event.target.value)}
          onSearch={(q) => change({ q: q.trim() || undefined })}
        />
        <Button size="large" aria-expanded={narrow} onClick={() => setNarrow(!narrow)}>{narrow ? '收起筛选' : '更多筛选'}</Button>
      </div>
      {narrow && <SearchFilters question={question} onChange={change} />}
      {asks(question)
        ? <Loaded query={found}>{(data) => <Answer found={data} question={question} root={`/t/${tenant.code}`} onChange={change} />}</Loaded>
        : <Panel><EmptyState title="想找什么？" hint="输入词语，或用筛选条件查找。按 / 随时回到这里。" /></Panel>}
    </>
  );
}

interface AnswerProps {
  found: Found;
  question: Question;
  root: string;
  onChange: (change: Question) => void;
}

function Answer({ found, question, root, onChange }: AnswerProps) {
  const navigate = useNavigate();
  const { current, setCurrent } = useListKeys({ ids: found.items.map((item) => item.id), onOpen: (id) => navigate(`${root}/reports/${id}`), onLook: () => undefined });
  if (found.items.length === 0) {
    return <Panel><EmptyState title="没有找到" hint="换一个说法，或放宽筛选条件。刚保存的内容要一两秒后才能搜到。" /></Panel>;
  }
  return (
    <div className={styles.answer}>
      <Panel flush>
        <div className={styles.bar}>
          <span role="status">{countOf(found)}{found.partial && '。没有同时包含全部词语的信息，以下包含部分词语'}</span>
          <Segmented
            aria-label="排序"
            value={question.order ?? 'rank'}
            onChange={(order) => onChange({ order: order === 'rank' ? undefined : order })}
            options={[{ value: 'rank', label: '最相关' }, { value: 'newest', label: '最新' }]}
          />
        </div>
        <ul aria-label="搜索结果">
          {found.items.map((result) => (
            <ResultRow key={result.id} result={result} to={`${root}/reports/${result.id}`} current={result.id === current} onPick={() => setCurrent(result.id)} />
          ))}
        </ul>
        {found.listed > PAGE && (
          <Pagination className={styles.pages} align="center" current={Number(question.page ?? 1)} pageSize={PAGE} total={found.listed} showSizeChanger={false} onChange={(page) => onChange({ page: String(page) })} />
        )}
      </Panel>
      <Facets facets={found.facets} question={question} onChange={onChange} />
    </div>
  );
}
