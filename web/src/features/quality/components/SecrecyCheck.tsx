import { Checkbox } from 'antd';
import styles from './quality.module.css';

interface Props {
  checked: boolean;
  required: boolean;
  fault?: string;
  onChange: (checked: boolean) => void;
}

/** The notice on secrecy, and the author's word that he has looked. */
export function SecrecyCheck({ checked, required, fault, onChange }: Props) {
  return (
    <div className={styles.secrecy}>
      <p>本系统为非涉密系统，信息属内部参考，请勿外传。如涉及保密内容，请提交纸质版材料。</p>
      <Checkbox checked={checked} aria-invalid={Boolean(fault)} onChange={(event) => onChange(event.target.checked)}>
        我已自查：内容和附件不涉及国家秘密、工作秘密{required && '（提交前须确认）'}
      </Checkbox>
      {fault && <span className={styles.fault} role="alert">{fault}</span>}
    </div>
  );
}
