import { Button, Input, Select } from 'antd';
import { useState } from 'react';
import { PersonPicker, UnitPicker } from '@/features/checks/components/Pickers';
import { useExperts } from '@/features/experts/api/experts';
import { useMay } from '@/lib/tenant';
import type { Opinion, Participant } from '../api/consultations';
import { participantText } from '../api/words';
import styles from './consultations.module.css';

/** Somebody to ask, with the name to show. */
export interface Chosen {
  kind: Opinion['kind'];
  key: string;
  name: string;
}

/** What the server is told of a choice. */
export function participantOf({ kind, key, name }: Chosen): Participant {
  if (kind === 'unit') return { unit_id: key };
  if (kind === 'member') return { membership_id: key };
  return kind === 'expert' ? { expert_id: key } : { department: name };
}

interface Props {
  value: Chosen[];
  kinds: Opinion['kind'][];
  /** The category of the report: experts of that field come first. */
  field?: string;
  fault?: string;
  onChange: (value: Chosen[]) => void;
}

/** Whom to ask: units, people, experts by field, departments outside. */
export function ParticipantsField({ value, kinds, field, fault, onChange }: Props) {
  const [kind, setKind] = useState(kinds[0]!);
  const [department, setDepartment] = useState('');
  const add = (key: string, name: string) => {
    if (!value.some((one) => one.kind === kind && one.key === key)) onChange([...value, { kind, key, name }]);
  };
  return (
    <fieldset className={styles.group}>
      <legend>请谁提意见</legend>
      {value.length > 0 && (
        <ul className={styles.chosen} aria-label="已选">
          {value.map((one) => (
            <li key={one.kind + one.key}>
              {one.name}<small className={styles.hint}>{participantText[one.kind]}</small>
              <button type="button" aria-label={`去掉${one.name}`} onClick={() => onChange(value.filter((other) => other !== one))}>×</button>
            </li>
          ))}
        </ul>
      )}
      <div className={styles.add}>
        <Select aria-label="对象类别" value={kind} onChange={setKind} options={kinds.map((one) => ({ value: one, label: one === 'department' ? '部门（线下）' : participantText[one] }))} />
        {kind === 'unit' && <UnitPicker onChange={add} />}
        {kind === 'member' && <PersonPicker onChange={add} />}
        {kind === 'expert' && <ExpertPicker field={field} onChange={add} />}
        {kind === 'department' && <Input aria-label="部门名称" value={department} maxLength={60} placeholder="如：市交通运输局；意见由编辑录入" onChange={(event) => setDepartment(event.target.value)} />}
        {kind === 'department' && (
          <Button disabled={!department.trim()} onClick={() => { add(department.trim(), department.trim()); setDepartment(''); }}>添加</Button>
        )}
      </div>
      {fault && <span className={styles.fault}>{fault}</span>}
    </fieldset>
  );
}

/** An expert, found by name, field or industry; those of the report's field stand first. */
function ExpertPicker({ field, onChange }: { field?: string; onChange: (id: string, name: string) => void }) {
  const [q, setQ] = useState<string>();
  const reads = useMay('expert:read');
  const experts = useExperts({ q, active: true });
  const fits = (one: { fields: string[]; tags?: string[] }) => Boolean(field && (one.fields.includes(field) || one.tags?.includes(field)));
  const items = [...(experts.data ?? [])].sort((a, b) => Number(fits(b)) - Number(fits(a)));
  return (
    <Select
      aria-label="专家"
      placeholder="按姓名、领域或行业查找"
      showSearch
      filterOption={false}
      value={null}
      onSearch={(text) => setQ(text.trim() || undefined)}
      onChange={(id: string | null) => id && onChange(id, items.find((one) => one.id === id)?.name ?? '')}
      notFoundContent={reads ? '没有找到；可先在“专家库”中登记' : '您没有查看专家库的权限'}
      options={items.map((one) => ({ value: one.id, label: [one.name, one.organisation || one.title, one.fields.join('、')].filter(Boolean).join(' · ') }))}
    />
  );
}
