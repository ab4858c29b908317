import { App, Button, Checkbox, Input, Modal } from 'antd';
import { useState } from 'react';
import { sentence } from '@/lib/errors';
import { useMay } from '@/lib/tenant';
import { Field, faultsOf, FormFault } from '@/ui/Field';
import { useLedgerViews, useRemoveView, useSaveView, type LedgerFilter, type LedgerView } from '../api/ledger';
import styles from './ledger.module.css';

interface Props {
  filter: LedgerFilter;
  columns: string[];
  onOpen: (view: LedgerView) => void;
}

/** The saved ways of looking at the ledger: one's own, and those shared in the unit. */
export function ViewBar({ filter, columns, onOpen }: Props) {
  const { message } = App.useApp();
  const views = useLedgerViews();
  const remove = useRemoveView();
  const [saving, setSaving] = useState(false);
  return (
    <div className={styles.views} role="group" aria-label="保存的视图">
      {views.data?.map((view) => (
        <span key={view.id} className={styles.view}>
          <Button size="small" onClick={() => onOpen(view)} title={view.own ? undefined : `${view.by}共享`}>{view.name}{view.shared && <small>共享</small>}</Button>
          {view.own && (
            <Button
              size="small" type="text" aria-label={`删除视图${view.name}`}
              onClick={() => remove.mutate(view.id, { onSuccess: () => message.success('已删除'), onError: (error) => message.error(sentence(error)) })}
            >×</Button>
          )}
        </span>
      ))}
      <Button size="small" type="link" onClick={() => setSaving(true)}>保存当前视图</Button>
      {saving && <SaveDialog filter={filter} columns={columns} onClose={() => setSaving(false)} />}
    </div>
  );
}

function SaveDialog({ filter, columns, onClose }: Omit<Props, 'onOpen'> & { onClose: () => void }) {
  const { message } = App.useApp();
  const mayShare = useMay('ledger:write');
  const [name, setName] = useState('');
  const [shared, setShared] = useState(false);
  const save = useSaveView();
  const submit = () => save.mutate({ name: name.trim(), shared, filter, columns }, { onSuccess: () => { message.success('视图已保存'); onClose(); } });
  return (
    <Modal open title="保存当前视图" okText="保存" okButtonProps={{ disabled: !name.trim(), loading: save.isPending }} onOk={submit} onCancel={onClose}>
      <Field label="名称" hint="同名的会被替换" fault={faultsOf(save.error).name}><Input value={name} maxLength={20} onChange={(event) => setName(event.target.value)} onPressEnter={submit} /></Field>
      {mayShare && <Checkbox checked={shared} onChange={(event) => setShared(event.target.checked)}>本单位共享</Checkbox>}
      <FormFault error={faultsOf(save.error).name ? undefined : save.error} />
    </Modal>
  );
}
