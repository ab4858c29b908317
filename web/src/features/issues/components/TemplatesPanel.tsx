import { App, Button, Input, Select } from 'antd';
import { useRef, useState } from 'react';
import { transfer } from '@/features/attachments/api/transfer';
import { newId } from '@/lib/actionKey';
import { sentence } from '@/lib/errors';
import { day } from '@/lib/format';
import { useMay, useTenantCode } from '@/lib/tenant';
import { Field, faultsOf, FormFault } from '@/ui/Field';
import { Panel } from '@/ui/Page';
import { Loaded } from '@/ui/plain/states';
import { useDownload } from '@/ui/useDownload';
import { useCreateTemplate, useDocumentTemplates, usePlaceholders, useRetireTemplate, type Purpose } from '../api/journals';
import { purposeText } from '../words';
import styles from './issues.module.css';

/** The unit's own Word templates: taken in, tried on an example, taken out of use. */
export function TemplatesPanel() {
  const mayWrite = useMay('setting:write');
  const mayUpload = useMay('report:write') && mayWrite;
  const mayExport = useMay('document:export');
  const templates = useDocumentTemplates();
  const retire = useRetireTemplate();
  const { message } = App.useApp();
  const file = useDownload();
  return (
    <Panel title="本单位的文件模板">
      <p className={styles.hint}>用 Word 排好版式，在要填的地方写占位符（如 {'{{标题}}'}），上传后启用。刊物模板在刊物设置里选用；信息单篇、核稿单、签批单用最近启用的模板。没有模板时用国标版式。</p>
      <Loaded query={templates}>
        {(list) => list.map((one) => (
          <div key={one.id} className={styles.journal}>
            <div><b>{one.name}</b><small>{purposeText[one.purpose]} · {one.placeholders.length} 个占位符 · {one.created_by} {day(one.created_at)}启用</small></div>
            {mayExport && <Button disabled={file.busy} aria-label={`样例：${one.name}`} onClick={() => void file.fetch(`/document-templates/${one.id}/preview`)}>看样例</Button>}
            {mayWrite && (
              <Button aria-label={`停用：${one.name}`} onClick={() => retire.mutate({ id: one.id }, { onSuccess: () => void message.success('已停用，改用国标版式'), onError: (error) => void message.error(sentence(error)) })}>停用</Button>
            )}
          </div>
        ))}
      </Loaded>
      {mayUpload && <NewTemplate />}
    </Panel>
  );
}

function NewTemplate() {
  const tenant = useTenantCode();
  const { message } = App.useApp();
  const [purpose, setPurpose] = useState<Purpose>('issue');
  const [name, setName] = useState('');
  const [failure, setFailure] = useState<unknown>();
  const chosen = useRef<HTMLInputElement>(null);
  const create = useCreateTemplate();
  const faults = faultsOf(create.error);
  const take = async (file: File) => {
    setFailure(undefined);
    try {
      const attachment = await transfer(tenant, file, { key: newId(), signal: new AbortController().signal, onProgress: () => undefined });
      await create.mutateAsync({ name: name.trim() || file.name.replace(/\.docx$/i, ''), purpose, attachment_id: attachment.id });
      setName('');
      message.success('模板已启用，请下载样例核对');
    } catch (error) {
      setFailure(error);
    }
    if (chosen.current) chosen.current.value = '';
  };
  return (
    <div className={styles.form} style={{ marginTop: 16 }}>
      <div className={styles.two}>
        <Field label="用于">
          <Select value={purpose} onChange={setPurpose} options={Object.entries(purposeText).map(([value, label]) => ({ value: value as Purpose, label }))} />
        </Field>
        <Field label="模板名称" fault={faults.name}><Input maxLength={40} placeholder="不填用文件名" value={name} onChange={(event) => setName(event.target.value)} /></Field>
      </div>
      <div>
        <input ref={chosen} type="file" accept=".docx" hidden aria-label="模板文件" onChange={(event) => event.target.files?.[0] && void take(event.target.files[0])} />
        <Button loading={create.isPending} onClick={() => chosen.current?.click()}>上传 Word 模板（.docx）</Button>
      </div>
      {faults.attachment_id ? <p className={styles.fault} role="alert">{faults.attachment_id}</p> : <FormFault error={failure} />}
      <Placeholders purpose={purpose} />
    </div>
  );
}

function Placeholders({ purpose }: { purpose: Purpose }) {
  const placeholders = usePlaceholders(purpose);
  return (
    <Loaded query={placeholders}>
      {(list) => (
        <div>
          <p className={styles.hint}>{purposeText[purpose]}模板可用的占位符：</p>
          <div className={styles.names}>{list.filter((one) => !one.each).map((one) => <span key={one.name}><code>{`{{${one.name}}}`}</code> {one.meaning}</span>)}</div>
          {list.some((one) => one.each) && (
            <>
              <p className={styles.hint} style={{ marginTop: 10 }}>多篇时，把每一篇的版式放在单独成段的 <code>{'{{#每篇}}'}</code> 和 <code>{'{{/每篇}}'}</code> 之间，会逐篇重复：</p>
              <div className={styles.names}>{list.filter((one) => one.each).map((one) => <span key={one.name}><code>{`{{${one.name}}}`}</code> {one.meaning}</span>)}</div>
            </>
          )}
        </div>
      )}
    </Loaded>
  );
}
