import { App, Button, Select } from 'antd';
import { useState } from 'react';
import { useCategories } from '@/features/reports/api/catalogues';
import { FormFault } from '@/ui/Field';
import { Panel } from '@/ui/Page';
import { Loaded } from '@/ui/plain/states';
import { useCharges, useSaveCharges, type Charge, type Member } from '../api/chains';
import styles from './chains.module.css';

/** Which leader is in charge of which field; steps that say so wait for that one. */
export function ChargesPanel({ people, mayWrite }: { people: Member[]; mayWrite: boolean }) {
  const charges = useCharges();
  return (
    <Panel title="分管联系领域">
      <Loaded query={charges}>{(items) => <Grid key={JSON.stringify(items)} items={items} people={people} mayWrite={mayWrite} />}</Loaded>
    </Panel>
  );
}

function Grid({ items, people, mayWrite }: { items: Charge[]; people: Member[]; mayWrite: boolean }) {
  const { message } = App.useApp();
  const categories = useCategories();
  const [members, setMembers] = useState<Record<string, string | undefined>>(() => Object.fromEntries(items.map((one) => [one.category, one.member])));
  const save = useSaveCharges();
  const submit = () => save.mutate(
    Object.entries(members).flatMap(([category, member]) => (member ? [{ category, member }] : [])),
    { onSuccess: () => void message.success('已保存') },
  );
  const signers = people.filter((one) => one.signs).map((one) => ({ value: one.id, label: one.name }));
  return (
    <>
      <div className={styles.charges}>
        {(categories.data ?? []).map(({ name }) => (
          <label key={name}>
            <span>{name}</span>
            {mayWrite
              ? <Select allowClear showSearch={{ optionFilterProp: 'label' }} placeholder="未指定" value={members[name]} onChange={(member) => setMembers({ ...members, [name]: member })} options={signers} />
              : <b>{items.find((one) => one.category === name)?.name ?? '未指定'}</b>}
          </label>
        ))}
      </div>
      {mayWrite && <Button type="primary" loading={save.isPending} onClick={submit}>保存分管领域</Button>}
      <FormFault error={save.error} />
    </>
  );
}
