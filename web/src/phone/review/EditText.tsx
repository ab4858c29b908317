import { partText } from '@/lib/texts';
import type { ReportText } from '@/lib/types';
import { TextField } from '../write/fields';
import styles from './review.module.css';

const parts = [['title', 2], ['problem', 6], ['cause', 4], ['advice', 5]] as const;

interface Props {
  text: ReportText;
  locked: string[];
  onChange: (text: ReportText) => void;
}

/** The text, open to the leader's pen as far as the step allows. */
export function EditText({ text, locked, onChange }: Props) {
  return (
    <div className={styles.editing}>
      {parts.map(([part, rows]) => (locked.includes(part)
        ? <div key={part}><b>{partText[part]}（本环节不能修改）</b><p>{text[part]}</p></div>
        : <TextField key={part} name={part} label={partText[part]} hint="" rows={rows} value={text[part] ?? ''} onChange={(value) => onChange({ ...text, [part]: value })} />))}
    </div>
  );
}
