import { Checkbox, Input } from 'antd';
import { flagText } from '@/lib/texts';
import type { Flag } from '@/lib/types';
import styles from './quality.module.css';

interface Props {
  evidence: string;
  flags: Flag[];
  required: boolean;
  fault?: string;
  onChange: (change: { evidence?: string; flags?: Flag[] }) => void;
  onBlur?: () => void;
}

const LIMIT = 1000;
const hints: Record<Flag, string> = { sensitive: '涉及稳定、安全等，宜控制知情范围', hot: '社会关注度高', warning: '苗头性、倾向性问题，需提早应对' };

/** Where the facts come from, and what the report is to be flagged as. */
export function EvidenceFields({ evidence, flags, required, fault, onChange, onBlur }: Props) {
  return (
    <>
      <div className={styles.field}>
        <div className={styles.fieldHead}>
          <label htmlFor="report-evidence">数据与来源</label>
          <small>{required ? '本单位要求写明' : '数据从哪里来、走访了谁、依据哪份文件'}；只供本单位核对，不随文报送</small>
        </div>
        <Input.TextArea
          id="report-evidence"
          value={evidence}
          maxLength={LIMIT}
          autoSize={{ minRows: 2, maxRows: 12 }}
          status={fault ? 'error' : ''}
          aria-invalid={Boolean(fault)}
          placeholder="如：2026 年 9 月走访 3 个小区 42 户；区住建局公开数据"
          onChange={(event) => onChange({ evidence: event.target.value })}
          onBlur={onBlur}
        />
        {fault && <span className={styles.fault} role="alert">{fault}</span>}
      </div>
      <div className={styles.field} role="group" aria-label="标记">
        <div className={styles.fieldHead}><span>标记</span><small>确有需要时勾选，标记的稿件优先处理</small></div>
        <div className={styles.flags}>
          {(Object.keys(flagText) as Flag[]).map((flag) => (
            <Checkbox
              key={flag}
              checked={flags.includes(flag)}
              onChange={(event) => onChange({ flags: event.target.checked ? [...flags, flag] : flags.filter((one) => one !== flag) })}
            >
              {flagText[flag]}<small>{hints[flag]}</small>
            </Checkbox>
          ))}
        </div>
      </div>
    </>
  );
}
