import { Link } from 'react-router';
import { ago } from '@/lib/format';
import { classText, flagText, label, placeText, sourceText, urgencyText } from '@/lib/texts';
import { ReportStatus, StatusTag } from '@/ui/plain/StatusTag';
import type { Result } from '../api/search';
import { Pieces } from './Pieces';
import styles from './search.module.css';

interface Props {
  result: Result;
  to: string;
  current: boolean;
  onPick: () => void;
}

/** One report that was found, with where the words stand in it. */
export function ResultRow({ result, to, current, onPick }: Props) {
  const facts = [result.number, result.category, result.author, result.sender, label(sourceText, result.source_kind, '')].filter(Boolean);
  return (
    <li className={`${styles.row} ${current ? styles.current : ''}`} data-row={result.id} aria-current={current || undefined} onClick={onPick}>
      <div className={styles.title}>
        {result.urgency !== 'normal' && <StatusTag bare tone="risk">{label(urgencyText, result.urgency)}</StatusTag>}
        {result.class === 'important' && <StatusTag bare tone="warn">{classText.important}</StatusTag>}
        {result.flags.map((flag) => <StatusTag bare key={flag} tone="warn">{label(flagText, flag)}</StatusTag>)}
        <Link to={to}>{result.title.length ? <Pieces pieces={result.title} /> : '（未填标题）'}</Link>
        <ReportStatus state={result.state} />
      </div>
      <p className={styles.snippet}>
        {result.place && <b>{label(placeText, result.place)}：</b>}
        <Pieces pieces={result.snippet} />
      </p>
      <p className={styles.facts}>{facts.join(' · ')}<time dateTime={result.at}>{ago(result.at)}</time></p>
    </li>
  );
}
