import { Button, Input } from 'antd';
import { SettingForm } from '@/features/settings/components/SettingForm';
import type { Schemas } from '@/lib/types';
import styles from './checks.module.css';

interface PairsProps<T> {
  title: string;
  hint: string;
  rows: T[];
  fields: [keyof T & string, keyof T & string];
  labels: [string, string];
  fault?: string;
  readOnly: boolean;
  empty: T;
  onChange: (rows: T[]) => void;
}

/** Rows of two words each. */
function Pairs<T extends Record<string, string>>({ title, hint, rows, fields, labels, fault, readOnly, empty, onChange }: PairsProps<T>) {
  const put = (index: number, name: string, text: string) => onChange(rows.map((row, at) => (at === index ? { ...row, [name]: text } : row)));
  return (
    <fieldset className={styles.group}>
      <legend>{title}</legend>
      <p className={styles.hint}>{hint}</p>
      <div className={styles.list}>
        {rows.map((row, index) => (
          <div key={index} className={styles.pair}>
            {fields.map((name, at) => (
              <Input key={name} aria-label={`第 ${index + 1} 行${labels[at]}`} placeholder={labels[at]} maxLength={60} disabled={readOnly} value={row[name]} onChange={(event) => put(index, name, event.target.value)} />
            ))}
            {!readOnly && <Button size="small" onClick={() => onChange(rows.filter((_, at) => at !== index))} aria-label={`删除第 ${index + 1} 行`}>删除</Button>}
          </div>
        ))}
      </div>
      {fault && <span className={styles.fault}>{fault}</span>}
      {!readOnly && <div><Button size="small" onClick={() => onChange([...rows, empty])}>添加一行</Button></div>}
    </fieldset>
  );
}

/** The names and words that a proof check holds a text against. */
export default function ProofListsPanel() {
  return (
    <SettingForm<Schemas['ProofLists']> name="proof-lists" title="姓名职务和规范用语表" hint="校对时自动对照。领导变动后请及时更新。">
      {({ value, change, faults, readOnly }) => (
        <div className={styles.form}>
          <Pairs
            title="领导姓名和职务"
            hint="姓名写错一个字、职务不符时提示。"
            rows={value.people}
            fields={['name', 'post']}
            labels={['姓名', '职务']}
            fault={faults.people}
            readOnly={readOnly}
            empty={{ name: '', post: '' }}
            onChange={(people) => change({ people })}
          />
          <Pairs
            title="机构名称和规范用语"
            hint="出现不规范的写法时提示改为规范的写法。"
            rows={value.words}
            fields={['wrong', 'right']}
            labels={['不规范的写法', '规范的写法']}
            fault={faults.words}
            readOnly={readOnly}
            empty={{ wrong: '', right: '' }}
            onChange={(words) => change({ words })}
          />
        </div>
      )}
    </SettingForm>
  );
}
