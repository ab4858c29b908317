import { App, Checkbox, Input, InputNumber, Modal, Select } from 'antd';
import { useState } from 'react';
import { useMe } from '@/lib/tenant';
import { Field, Fields, faultsOf, FormFault } from '@/ui/Field';
import { useDocumentTemplates, useSaveJournal, type Journal, type JournalHead, type JournalInput } from '../api/journals';
import { headStyleText, journalKindText } from '../words';
import styles from './issues.module.css';

const fresh: JournalInput = {
  name: '', kind: 'ordinary', head: { style: 'bulletin', note: '内部资料·注意保存', byline: true }, report_to: '', send_to: '', issue_to: '', scope: '', copies: 0,
  start: { no: 1, total: 1 }, active: true,
};

const options = (texts: Record<string, string>) => Object.entries(texts).map(([value, label]) => ({ value, label }));

const inputOf = (journal: Journal): JournalInput => ({
  name: journal.name, kind: journal.kind, head: journal.head, report_to: journal.report_to, send_to: journal.send_to, issue_to: journal.issue_to, scope: journal.scope,
  copies: journal.copies, start: journal.start, template_id: journal.template_id, active: journal.active,
});

/** A journal: name, red head, usual addressees, where its numbers begin. */
export default function JournalDialog({ journal, onClose }: { journal?: Journal; onClose: () => void }) {
  const { tenant } = useMe();
  const { message } = App.useApp();
  const [input, setInput] = useState(journal ? inputOf(journal) : fresh);
  const save = useSaveJournal();
  const faults = faultsOf(save.error);
  const set = (part: Partial<JournalInput>) => setInput({ ...input, ...part });
  const submit = () =>
    save.mutate({ id: journal?.id, version: journal?.version, input }, {
      onSuccess: () => {
        message.success(journal ? '已保存，以后的期按新设置印制' : '刊物已设立');
        onClose();
      },
    });
  const begun = journal && journal.next_total > (journal.start?.total ?? 1);
  return (
    <Modal open width={760} title={journal ? `修改《${journal.name}》` : '设立刊物'} okText="保存" okButtonProps={{ loading: save.isPending, disabled: !input.name.trim() }} onOk={submit} onCancel={onClose}>
      <Fields>
        <Field label="刊物名称" fault={faults.name}><Input maxLength={40} value={input.name} onChange={(event) => set({ name: event.target.value })} /></Field>
        <Field label="类型" hint={input.kind === 'express' ? '不走审签队列，可从在办稿件直接编发，需“编发直通车”权限' : undefined}>
          <Select disabled={begun} value={input.kind} onChange={(kind) => set({ kind })} options={options(journalKindText)} />
        </Field>
        <HeadFields head={input.head} unit={tenant.name} name={input.name} fault={faults.head} onChange={(part) => set({ head: { ...input.head, ...part } })} />
        {([['report_to', '报（主送）'], ['send_to', '送（抄送）'], ['issue_to', '发'], ['scope', '报送范围']] as const).map(([name, label]) => (
          <Field key={name} label={label} fault={faults[name]}>
            <Input.TextArea autoSize maxLength={name === 'scope' ? 200 : 500} value={input[name]} onChange={(event) => set({ [name]: event.target.value })} />
          </Field>
        ))}
        <Field label="共印份数" fault={faults.copies}><InputNumber min={0} max={100000} precision={0} style={{ width: '100%' }} value={input.copies} onChange={(copies) => set({ copies: copies ?? 0 })} /></Field>
        <TemplateField value={input.template_id} fault={faults.template_id} onChange={(template_id) => set({ template_id })} />
        <Field label="本年起始期号" fault={faults.start} hint={begun ? '已经编发过，不能再改' : '接续原有期号，如 37'}>
          <InputNumber disabled={begun} min={1} max={100000} precision={0} style={{ width: '100%' }} value={input.start?.no} onChange={(no) => set({ start: { ...input.start, no: no ?? 1 } })} />
        </Field>
        <Field label="起始总期号">
          <InputNumber disabled={begun} min={1} max={1000000} precision={0} style={{ width: '100%' }} value={input.start?.total} onChange={(total) => set({ start: { ...input.start, total: total ?? 1 } })} />
        </Field>
      </Fields>
      {journal && <Checkbox checked={input.active} onChange={(event) => set({ active: event.target.checked })}>使用中（停用后不能新编）</Checkbox>}
      <FormFault error={save.error} />
    </Modal>
  );
}

interface HeadProps {
  head: JournalHead;
  unit: string;
  name: string;
  fault?: string;
  onChange: (part: Partial<JournalHead>) => void;
}

function HeadFields({ head, unit, name, fault, onChange }: HeadProps) {
  return (
    <>
      <Field label="版头样式"><Select value={head.style} onChange={(style) => onChange({ style })} options={options(headStyleText)} /></Field>
      <Field label="红头文字" fault={fault}><Input maxLength={30} placeholder={name || '不填用刊物名称'} value={head.title} onChange={(event) => onChange({ title: event.target.value })} /></Field>
      <Field label="红头字号（磅）" hint="0 为自动撑满版心"><InputNumber min={0} max={80} precision={0} style={{ width: '100%' }} value={head.size ?? 0} onChange={(size) => onChange({ size: size ?? 0 })} /></Field>
      <Field label="左上角文字"><Input maxLength={30} value={head.note} onChange={(event) => onChange({ note: event.target.value })} /></Field>
      <Field label="编印单位"><Input maxLength={60} placeholder={unit} value={head.unit} onChange={(event) => onChange({ unit: event.target.value })} /></Field>
      <div className={styles.form}>
        <Checkbox checked={head.total} onChange={(event) => onChange({ total: event.target.checked })}>显示总期号</Checkbox>
        <Checkbox checked={head.byline} onChange={(event) => onChange({ byline: event.target.checked })}>标题下写反映人</Checkbox>
        <Checkbox checked={head.plain} onChange={(event) => onChange({ plain: event.target.checked })}>正文不加“情况反映、原因分析、对策建议”小标题</Checkbox>
      </div>
    </>
  );
}

function TemplateField({ value, fault, onChange }: { value?: string; fault?: string; onChange: (id?: string) => void }) {
  const templates = useDocumentTemplates();
  const list = (templates.data ?? []).filter((one) => one.purpose === 'issue').map((one) => ({ value: one.id, label: one.name }));
  return (
    <Field label="版式" fault={fault}>
      <Select value={value ?? ''} onChange={(id) => onChange(id || undefined)} options={[{ value: '', label: '国标版式（GB/T 9704）' }, ...list]} />
    </Field>
  );
}
