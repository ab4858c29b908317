import { chineseDay, ordinal } from '../words';
import type { Issue, IssueItem } from '../api/issues';
import styles from './paper.module.css';

/** A line has 28 letters; a point is so much of one. */
const LINE = 28;
const POINT = 28 / 442;

type Shown = Omit<Issue, 'can' | 'created_at' | 'created_by' | 'version' | 'reports' | 'id' | 'journal_id'>;

/** The issue as its paper will look: red head, text, foot. Page breaks are Word's. */
export function Paper({ issue, unit }: { issue: Shown; unit: string }) {
  const { head } = issue;
  const several = issue.items.length > 1;
  const office = head.unit || unit;
  return (
    <article className={styles.page} aria-label="版式预览" tabIndex={0}>
      <Masthead issue={issue} office={office} />
      <h2 className={styles.title}>{issue.title || issue.items[0]?.title || '（尚未编入信息）'}</h2>
      {!several && issue.items[0] && head.byline && <p className={styles.byline}>{by(issue.items[0])}</p>}
      <Lines text={issue.introduction} />
      {issue.items.map((item, index) => (
        <section key={item.report_id}>
          {several && <p className={styles.first}>{ordinal(index + 1)}、{item.heading || item.title}</p>}
          {several && head.byline && by(item) && <p className={styles.byline}>（{by(item)}）</p>}
          <Text item={item} plain={head.plain ?? false} nested={several} />
        </section>
      ))}
      <footer className={styles.foot}>
        {([['报', issue.report_to], ['送', issue.send_to], ['发', issue.issue_to]] as const).map(([name, to]) => to && <p key={name} className={styles.to}>{name}：{to}</p>)}
        <p className={styles.ends}><span>{office}</span><span>{chineseDay(issue.dated)}印发</span></p>
        {Boolean(issue.copies) && <p className={styles.ends}><span /><span>共印{issue.copies}份</span></p>}
      </footer>
      {issue.state === 'withdrawn' && <span className={styles.void} aria-hidden>作废</span>}
    </article>
  );
}

function Masthead({ issue, office }: { issue: Shown; office: string }) {
  const { head } = issue;
  const serial = `第 ${issue.no} 期${head.total ? `（总第 ${issue.total} 期）` : ''}${issue.state === 'draft' ? '（拟编）' : ''}`;
  const name = head.title || issue.journal;
  const letters = Math.max(name.length, 1);
  const note = head.note && <p className={styles.note}>{head.note}</p>;
  const red = <p className={styles.red} style={{ fontSize: `${head.size ? head.size * POINT : Math.min(62 * POINT, LINE / letters)}em` }}>{name}</p>;
  if (head.style === 'letter') {
    return <header>{red}<div className={styles.double} /><div className={styles.both}>{note || <p />}<p>{serial}</p></div><p className={styles.right}>{chineseDay(issue.dated)}</p></header>;
  }
  return (
    <header>
      {note}
      {red}
      {head.style === 'bulletin' && <p className={styles.middle}>{serial}</p>}
      <p className={`${styles.ends} ${styles.line}`}>
        {head.style === 'bulletin'
          ? <><span>{office}</span><span>{chineseDay(issue.dated)}</span></>
          : <><span>{serial}</span><span>签发人：{issue.signer}</span></>}
      </p>
    </header>
  );
}

const by = (item: IssueItem) => [item.unit, item.author_title, item.author_name].filter(Boolean).join(' ');

/** The parts of a report, named by number unless the writer has numbered them himself. */
function Text({ item, plain, nested }: { item: IssueItem; plain: boolean; nested: boolean }) {
  const parts = ([['情况反映', item.problem], ['原因分析', item.cause], ['对策建议', item.advice]] as const).filter(([, text]) => text);
  const named = !plain && parts.length > 1 && !parts.some(([, text]) => /(^|\n)一、/.test(text));
  return (
    <>
      {parts.map(([name, text], index) => (
        <div key={name}>
          {named && <p className={nested ? styles.second : styles.first}>{nested ? `（${ordinal(index + 1)}）` : `${ordinal(index + 1)}、`}{name}</p>}
          <Lines text={text} />
        </div>
      ))}
    </>
  );
}

function Lines({ text }: { text: string }) {
  return (
    <>
      {text.split('\n').filter((line) => line.trim()).map((line, index) => {
        const look = /^[一二三四五六七八九十]{1,3}、/.test(line) ? styles.first : /^（[一二三四五六七八九十]{1,3}）/.test(line) ? styles.second : styles.text;
        return <p key={index} className={line.length > 40 ? styles.text : look}>{line}</p>;
      })}
    </>
  );
}
