import { App, Button } from 'antd';
import { useState, type ReactNode } from 'react';
import { useMay } from '@/lib/tenant';
import { faultsOf, FormFault } from '@/ui/Field';
import { Panel } from '@/ui/Page';
import { Loaded } from '@/ui/plain/states';
import { useSaveSetting, useSetting, type Setting } from '../api/settings';
import styles from './settings.module.css';

/** What a form of a setting works with: the value as it stands in the form, and what is wrong with it by field. */
export interface FormOf<T> {
  value: T;
  change: (part: Partial<T>) => void;
  faults: Record<string, string>;
  readOnly: boolean;
}

interface Props<T> {
  name: string;
  title: string;
  hint?: ReactNode;
  children: (form: FormOf<T>) => ReactNode;
}

/** A setting of the unit: read by everybody, changed by who may. */
export function SettingForm<T extends object>(props: Props<T>) {
  const setting = useSetting<T>(props.name);
  return (
    <Panel title={props.title}>
      <Loaded query={setting}>{(read) => <Form key={read.version} {...props} read={read} />}</Loaded>
    </Panel>
  );
}

function Form<T extends object>({ name, hint, children, read }: Props<T> & { read: Setting<T> }) {
  const { message } = App.useApp();
  const [value, setValue] = useState(read.value);
  const readOnly = !useMay('setting:write');
  const save = useSaveSetting<T>(name);
  const changed = JSON.stringify(value) !== JSON.stringify(read.value);
  // A promise: the fresh setting takes this form away before the callback of a mutation would be called.
  const submit = () => void save.mutateAsync({ value, version: read.version }).then(() => message.success('已保存，立即生效'), () => undefined);
  return (
    <>
      {hint && <p className={styles.hint}>{hint}</p>}
      {children({ value, change: (part) => setValue({ ...value, ...part }), faults: faultsOf(save.error), readOnly })}
      <FormFault error={save.error} />
      {!readOnly && (
        <div className={styles.buttons}>
          <Button type="primary" disabled={!changed} loading={save.isPending} onClick={submit}>保存</Button>
          <Button disabled={!changed || save.isPending} onClick={() => setValue(read.value)}>还原</Button>
        </div>
      )}
    </>
  );
}
