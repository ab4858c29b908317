import { App, Button } from 'antd';
import { Link, useParams } from 'react-router';
import { sentence } from '@/lib/errors';
import { day } from '@/lib/format';
import { useMay, useMe } from '@/lib/tenant';
import { stateText } from '@/lib/texts';
import type { ReportState } from '@/lib/types';
import { PageHead, Panel } from '@/ui/Page';
import { Loaded } from '@/ui/plain/states';
import { StatusTag } from '@/ui/plain/StatusTag';
import { useCompared, useDecide, type Compared, type Piece, type Side, type Verdict } from '../api/similarity';
import { alikeText } from '../api/words';
import styles from './similarity.module.css';

const parts = [['problem', '情况反映'], ['cause', '原因分析'], ['advice', '对策建议']] as const;

/** Two reports side by side; what both have word for word is marked. */
export default function ComparePage() {
  const { id = '', other = '' } = useParams();
  const compared = useCompared(id, other);
  return <Loaded query={compared}>{(data) => <Content compared={data} />}</Loaded>;
}

function Content({ compared: { one, other, match } }: { compared: Compared }) {
  const { message } = App.useApp();
  const screens = useMay('report:screen');
  const decide = useDecide();
  const say = (verdict: Verdict, text: string) =>
    decide.mutate({ id: one.id, other: other.id, verdict }, { onSuccess: () => message.success(text), onError: (error) => message.error(sentence(error)) });
  return (
    <>
      <PageHead
        title="对照"
        hint={<>
          {match.score > 0 ? `用词${alikeText(match)}` : '没有相同的用词'}，两篇都有的文字已标出
          {match.verdict === 'duplicate' && <> <StatusTag tone="run" bare>已关联为重复</StatusTag></>}
          {match.verdict === 'different' && <> <StatusTag bare>已标注不是重复</StatusTag></>}
          {match.decided_by && <small> {match.decided_by} {day(match.decided_at)}</small>}
        </>}
      >
        {screens && match.verdict !== 'different' && <Button loading={decide.isPending} onClick={() => say('different', '已记住：不是重复')}>不是重复</Button>}
        {screens && match.verdict !== 'duplicate' && <Button type="primary" loading={decide.isPending} onClick={() => say('duplicate', '已关联为重复')}>关联重复</Button>}
      </PageHead>
      <div className={styles.pair}>
        <One side={one} label="本篇" />
        <One side={other} label="另一篇" />
      </div>
    </>
  );
}

const Marked = ({ pieces }: { pieces: Piece[] }) => (
  <>{pieces.map((piece, at) => (piece.common ? <mark key={at}>{piece.text}</mark> : <span key={at}>{piece.text}</span>))}</>
);

function One({ side, label }: { side: Side; label: string }) {
  const { tenant } = useMe();
  const facts = [side.number, side.sender || side.author, day(side.at), stateText[side.state as ReportState]].filter(Boolean);
  return (
    <Panel>
      <article aria-label={label} className={styles.text}>
        <h2><Link to={`/t/${tenant.code}/reports/${side.id}`}><Marked pieces={side.title} /></Link></h2>
        <p className={styles.facts}>{facts.join(' · ')}</p>
        {parts.map(([name, title]) => side[name].length > 0 && (
          <section key={name}>
            <h3>{title}</h3>
            <p><Marked pieces={side[name]} /></p>
          </section>
        ))}
      </article>
    </Panel>
  );
}
