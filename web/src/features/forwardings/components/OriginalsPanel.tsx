import { CheckCircleOutlined, CloseCircleOutlined, InfoCircleOutlined } from '@ant-design/icons';
import { day, time } from '@/lib/format';
import { label, urgencyText } from '@/lib/texts';
import type { Report } from '@/lib/types';
import { Panel } from '@/ui/Page';
import { Loaded } from '@/ui/plain/states';
import { StatusTag } from '@/ui/plain/StatusTag';
import { useReceived, type Original } from '../api/received';
import { DueTag } from './DueTag';
import styles from './originals.module.css';

const verdictText: Record<Original['sheet'][number]['verdict'], string> = { approve: '同意', reject: '不同意', return: '退回', release: '先行签发' };

/** 来文原件: who sent it, whether the signature holds, the sign-off that came along, and by when an answer is due. */
export default function OriginalsPanel({ report }: { report: Report }) {
  const received = useReceived(report.id);
  if (!report.origin) return null;
  return (
    <Panel flush title="来文原件" extra={<DueTag clock={received.data?.clock} />}>
      <Loaded query={received}>{(data) => data.items.map((one) => <Row key={one.letter} original={one} />)}</Loaded>
    </Panel>
  );
}

function Row({ original }: { original: Original }) {
  const facts = [
    original.urgency && original.urgency !== 'normal' && label(urgencyText, original.urgency, ''),
    original.reply_by && `希望 ${original.reply_by} 前答复`,
  ].filter(Boolean);
  return (
    <div className={styles.original}>
      <div><b>{original.from.name}</b> <small>{time(original.sent_at)} 发出</small>　{facts.map((fact) => <StatusTag key={fact as string} tone="warn">{fact}</StatusTag>)}</div>
      <Signature original={original} />
      {original.cover && <p className={styles.cover}>附言：{original.cover}</p>}
      {original.sheet.length > 0 && (
        <table className={styles.sheet}>
          <caption>初核表</caption>
          <thead><tr><th scope="col">环节</th><th scope="col">姓名</th><th scope="col">结论</th><th scope="col">日期</th></tr></thead>
          <tbody>
            {original.sheet.map((line, index) => (
              <tr key={index}><td>{line.step}</td><td>{line.name}</td><td>{label(verdictText, line.verdict, '')}</td><td>{day(line.at)}</td></tr>
            ))}
          </tbody>
        </table>
      )}
    </div>
  );
}

function Signature({ original }: { original: Original }) {
  if (original.signature === 'fault') {
    return <div className={styles.fault} role="alert"><CloseCircleOutlined /> 签名无效：{original.fault}。原件内容不再显示，请与来文单位核对并联系系统管理员。</div>;
  }
  if (original.signature === 'unsigned') {
    return <div className={styles.unsigned}><InfoCircleOutlined /> 未签名（来文发出时系统尚未启用签名）</div>;
  }
  return (
    <div className={styles.valid}>
      <CheckCircleOutlined /> 签名有效 <small>{original.from.name}，{original.algorithm}，密钥 <span title={original.key}>{original.key?.slice(0, 8)}…</span>，{time(original.sent_at)} 签</small>
    </div>
  );
}
