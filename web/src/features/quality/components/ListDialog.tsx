import { App, Button, Checkbox, Input, Modal, Select } from 'antd';
import { useState } from 'react';
import { newId } from '@/lib/actionKey';
import { momentText } from '@/lib/texts';
import { faultsOf, Field, Fields, FormFault } from '@/ui/Field';
import { useSaveList, type Item, type List, type Moment } from '../api/checklists';
import styles from './quality.module.css';

const kinds: { value: Item['kind']; label: string }[] = [
  { value: 'tick', label: '核对' }, { value: 'must', label: '必须' }, { value: 'must_not', label: '不得' }, { value: 'reason', label: '仅作理由' },
];
const decisions = [{ value: 'return', label: '退回' }, { value: 'keep', label: '留存' }, { value: 'decline', label: '不采用' }];
const holding: Moment[] = ['editing', 'review', 'release'];
const MOST = 30;
const refuses = (item: Item) => item.kind === 'must_not' || item.kind === 'reason';

interface Props {
  list: List;
  readOnly: boolean;
  onClose: () => void;
}

/** One list: when it is shown, and its items. */
export default function ListDialog({ list: read, readOnly, onClose }: Props) {
  const { message } = App.useApp();
  const [list, setList] = useState(read);
  const save = useSaveList();
  const faults = faultsOf(save.error);
  const change = (part: Partial<List>) => setList({ ...list, ...part });
  const set = (at: number, part: Partial<Item>) => change({ items: list.items.map((one, index) => (index === at ? { ...one, ...part } : one)) });
  const submit = () => {
    if (readOnly) return onClose();
    save.mutate({ list: { ...list, required: list.required && holding.includes(list.moment) }, fresh: !read.name }, {
      onSuccess: () => {
        void message.success('已保存，立即生效');
        onClose();
      },
    });
  };
  return (
    <Modal open width={820} title={read.name ? `核对清单：${read.name}` : '新建核对清单'} okText={readOnly ? '关闭' : '保存'} okButtonProps={{ loading: save.isPending }} onOk={submit} onCancel={onClose}>
      <Fields>
        <Field label="名称" fault={faults.name}>
          <Input value={list.name} maxLength={30} disabled={readOnly} onChange={(event) => change({ name: event.target.value })} />
        </Field>
        <Field label="什么时候出现" fault={faults.moment}>
          <Select<Moment> value={list.moment} disabled={readOnly} onChange={(moment) => change({ moment })} options={Object.entries(momentText).map(([value, label]) => ({ value: value as Moment, label }))} />
        </Field>
      </Fields>
      <div className={styles.row}>
        <Checkbox checked={list.active} disabled={readOnly} onChange={(event) => change({ active: event.target.checked })}>使用这份清单</Checkbox>
        {holding.includes(list.moment) && (
          <Checkbox checked={list.required} disabled={readOnly} onChange={(event) => change({ required: event.target.checked })}>“必须”各项核对完才能进入下一步</Checkbox>
        )}
      </div>
      <div className={styles.items} style={{ marginTop: 16 }}>
        {list.items.map((item, index) => (
          <div key={item.code} className={styles.item}>
            <Select aria-label={`第 ${index + 1} 项的类型`} value={item.kind} disabled={readOnly} options={kinds} onChange={(kind) => set(index, { kind })} />
            <div>
              <Input.TextArea aria-label={`第 ${index + 1} 项`} autoSize maxLength={150} disabled={readOnly} value={item.text} onChange={(event) => set(index, { text: event.target.value })} />
              {refuses(item) && (
                <div className={styles.row}>
                  <Checkbox.Group aria-label={`第 ${index + 1} 项用于`} disabled={readOnly} value={item.for} options={decisions} onChange={(chosen) => set(index, { for: chosen as Item['for'] })} />
                  <Input aria-label={`第 ${index + 1} 项的告知用语`} maxLength={60} disabled={readOnly} placeholder="告知来稿人的说法（空则用上文）" value={item.reason} onChange={(event) => set(index, { reason: event.target.value })} />
                </div>
              )}
            </div>
            {!readOnly && <Button aria-label={`删除第 ${index + 1} 项`} onClick={() => change({ items: list.items.filter((_, at) => at !== index) })}>删除</Button>}
          </div>
        ))}
      </div>
      {!readOnly && (
        <Button style={{ marginTop: 12 }} disabled={list.items.length >= MOST} onClick={() => change({ items: [...list.items, { code: `item_${newId().replace(/-/g, '').slice(0, 12)}`, text: '', kind: 'tick' }] })}>增加一项</Button>
      )}
      {(faults.items ?? faults.required ?? faults.code) && <p className={styles.fault} role="alert">{faults.items ?? faults.required ?? faults.code}</p>}
      <FormFault error={save.error} />
    </Modal>
  );
}
