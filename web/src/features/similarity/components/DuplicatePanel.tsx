import { App, Button } from 'antd';
import { Link } from 'react-router';
import { sentence } from '@/lib/errors';
import { ago } from '@/lib/format';
import { useMay, useMe } from '@/lib/tenant';
import { Panel } from '@/ui/Page';
import { StatusTag } from '@/ui/plain/StatusTag';
import { useDecide, useSimilar, type Match, type Verdict } from '../api/similarity';
import { alikeText } from '../api/words';
import styles from './similarity.module.css';

/** What is similar to a report: to compare, to link, to tell apart. Nothing is shown where there is nothing. */
export function DuplicatePanel({ id }: { id: string }) {
  const similar = useSimilar(id);
  const found = similar.data;
  if (!found || (found.items.length === 0 && found.hidden === 0 && !found.elsewhere)) return null;
  return (
    <Panel title="相似信息">
      <ul className={styles.matches} aria-label="相似信息">
        {found.items.map((match) => <MatchRow key={match.id} id={id} match={match} />)}
      </ul>
      {found.hidden > 0 && <p className={styles.note}>本单位另有 {found.hidden} 篇相似的信息，您无权查看。</p>}
      {found.elsewhere && <p className={styles.note}><StatusTag tone="warn" bare>平台上有相似内容</StatusTag> 其他单位也有与本文大体相同的信息。</p>}
    </Panel>
  );
}

function MatchRow({ id, match }: { id: string; match: Match }) {
  const { tenant } = useMe();
  const { message } = App.useApp();
  const screens = useMay('report:screen');
  const decide = useDecide();
  const say = (verdict: Verdict, text: string) =>
    decide.mutate({ id, other: match.id, verdict }, { onSuccess: () => message.success(text), onError: (error) => message.error(sentence(error)) });
  return (
    <li>
      <Link to={`/t/${tenant.code}/reports/${id}/similar/${match.id}`}>{match.title || '（未填标题）'}</Link>
      <p>
        {match.verdict !== 'different' && <StatusTag tone={match.copied ? 'risk' : 'warn'} bare>{alikeText(match)}</StatusTag>}
        {match.verdict === 'duplicate' && <StatusTag tone="run" bare>已关联为重复</StatusTag>}
        {match.verdict === 'different' && <StatusTag bare>已标注不是重复</StatusTag>}
        <small>{[match.sender || match.author, ago(match.at)].filter(Boolean).join(' · ')}</small>
      </p>
      {screens && (
        <p className={styles.buttons}>
          {match.verdict !== 'duplicate' && <Button size="small" loading={decide.isPending} onClick={() => say('duplicate', '已关联为重复')}>关联重复</Button>}
          {match.verdict !== 'different' && <Button size="small" loading={decide.isPending} onClick={() => say('different', '已记住：不是重复')}>不是重复</Button>}
        </p>
      )}
    </li>
  );
}
