import { PaperClipOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useRef, useState } from 'react';
import { newId } from '@/lib/actionKey';
import { sentence } from '@/lib/errors';
import { useTenantCode } from '@/lib/tenant';
import type { Attachment } from '@/lib/types';
import { ATTACHMENT_LIMIT, ATTACHMENT_TYPES, uploadAttachment } from '../api/attachments';
import { Attachments } from './Attachments';
import styles from './edit.module.css';

interface Props {
  attachments: Attachment[];
  fault?: string;
  onChange: (attachments: Attachment[]) => void;
}

/** Pictures, PDF and Word files of a report; each is sent as soon as it is chosen. */
export function AttachmentField({ attachments, fault, onChange }: Props) {
  const tenant = useTenantCode();
  const input = useRef<HTMLInputElement>(null);
  const [busy, setBusy] = useState('');
  const [refused, setRefused] = useState('');
  const add = async (files: File[]) => {
    setRefused('');
    let all = attachments;
    for (const file of files) {
      if (file.size > ATTACHMENT_LIMIT) {
        setRefused(`「${file.name}」超过 10 MB，没有上传。`);
        continue;
      }
      setBusy(file.name);
      try {
        all = [...all, await uploadAttachment(tenant, file, newId())];
        onChange(all);
      } catch (error) {
        setRefused(`「${file.name}」没有上传：${sentence(error)}`);
      }
    }
    setBusy('');
  };
  return (
    <div className={styles.field}>
      <div className={styles.fieldHead}><span>附件</span><small>图片、PDF、Word（.docx），单个不超过 10 MB</small></div>
      <Attachments attachments={attachments} onRemove={(id) => onChange(attachments.filter((one) => one.id !== id))} />
      <div>
        <Button icon={<PaperClipOutlined />} loading={Boolean(busy)} onClick={() => input.current?.click()}>{busy ? `正在上传 ${busy}` : '添加附件'}</Button>
        <input
          ref={input}
          type="file"
          hidden
          multiple
          accept={ATTACHMENT_TYPES}
          onChange={(event) => {
            void add(Array.from(event.target.files ?? []));
            event.target.value = '';
          }}
        />
      </div>
      {(refused || fault) && <span className={styles.fault} role="alert">{refused || fault}</span>}
    </div>
  );
}
