import { time } from '@/lib/format';
import { partText } from '@/lib/texts';
import type { Review } from '@/lib/types';
import { DiffText } from '@/ui/plain/DiffView';
import styles from './reviews.module.css';

type Act = Review['acts'][number];

const words: Record<Act['verb'], string> = {
  start: '送审', approve: '同意', reject: '不同意', return: '退回', add_signer: '加签', remove_signer: '减签', pass_on: '转办', reassign: '改派',
  take_back: '撤回意见', withdraw: '撤销送审', urge: '催办', copy: '抄送', read: '已阅', reopen: '重新打开', release: '绿色通道签发',
};

/** What was done in a review, oldest first, with each step's changes of the text marked by characters. */
export default function ActsList({ acts, changesOnly }: { acts: Act[]; changesOnly: boolean }) {
  const shown = changesOnly ? acts.filter((act) => act.before && act.after).slice(-1) : acts;
  return (
    <ol className={styles.acts} aria-label={changesOnly ? '最近一次修改' : '审签记录'}>
      {shown.map((act) => (
        <li key={act.id}>
          <div className={styles.act}>
            <b>{act.by || '系统'}{act.on_behalf && `（代${act.on_behalf}）`}</b>
            <span>{changesOnly ? `在“${act.step}”修改了文稿` : [act.step, words[act.verb]].filter(Boolean).join(' ')}{act.verb !== 'approve' && act.people?.length ? `：${act.people.join('、')}` : ''}</span>
            {!changesOnly && act.opinion && <span className={styles.opinion}>{act.opinion}</span>}
            <time dateTime={act.at}>{time(act.at)}</time>
          </div>
          {act.before && act.after && <Changes before={act.before} after={act.after} />}
        </li>
      ))}
    </ol>
  );
}

const parts = ['title', 'problem', 'cause', 'advice'] as const;

function Changes({ before, after }: { before: NonNullable<Act['before']>; after: NonNullable<Act['after']> }) {
  return (
    <dl className={styles.changes}>
      {parts.filter((part) => before[part] !== after[part]).map((part) => (
        <div key={part}><dt>{partText[part]}</dt><dd><DiffText before={before[part]} after={after[part]} /></dd></div>
      ))}
    </dl>
  );
}
