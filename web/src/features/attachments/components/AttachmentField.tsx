import { PaperClipOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useEffect, useRef } from 'react';
import { ACCEPTED, limitsText } from '../api/attachments';
import { uploadText, useUploads } from '../api/useUploads';
import type { Attachment } from '@/lib/types';
import { FileThumb } from '@/ui/plain/FileThumb';
import { Attachments } from './Attachments';
import styles from './attachments.module.css';

interface Props {
  attachments: Attachment[];
  fault?: string;
  onChange: (update: (now: Attachment[]) => Attachment[]) => void;
  /** Files are still on their way. */
  onBusy?: (busy: boolean) => void;
}

/** Pictures, films and documents; each is sent as soon as it is chosen, while the person goes on writing. */
export function AttachmentField({ attachments, fault, onChange, onBusy }: Props) {
  const input = useRef<HTMLInputElement>(null);
  const { uploads, limits, add, remove, pause, resume, busy } = useUploads((file) => onChange((now) => [...now, file]));
  useEffect(() => onBusy?.(busy), [busy, onBusy]);
  return (
    <div className={styles.field}>
      <div className={styles.head}><span>附件</span><small>{limitsText(limits)}</small></div>
      <Attachments attachments={attachments} onRemove={(id) => onChange((now) => now.filter((one) => one.id !== id))} />
      <ul aria-label="正在上传的附件">
        {uploads.map((one) => (
          <li key={one.key} className={styles.upload}>
            <FileThumb type={one.file.type} size={40} />
            <span>
              {one.file.name}
              <small className={one.state === 'failed' ? styles.fault : ''} role={one.state === 'failed' ? 'alert' : undefined}>{uploadText(one)}</small>
              {one.state !== 'failed' && <progress value={one.share} aria-label={`正在上传 ${one.file.name}`} />}
            </span>
            {(one.state === 'sending' || one.state === 'offline') && one.share < 1 && <Button size="small" aria-label={`暂停 ${one.file.name}`} onClick={() => pause(one.key)}>暂停</Button>}
            {one.state === 'paused' && <Button size="small" aria-label={`继续 ${one.file.name}`} onClick={() => resume(one.key)}>继续</Button>}
            {one.again && <Button size="small" onClick={() => resume(one.key)}>重试</Button>}
            <Button size="small" type="text" aria-label={`移除 ${one.file.name}`} onClick={() => remove(one.key)}>移除</Button>
          </li>
        ))}
      </ul>
      <div>
        <Button icon={<PaperClipOutlined />} onClick={() => input.current?.click()}>添加附件</Button>
        <input
          ref={input}
          type="file"
          hidden
          multiple
          accept={ACCEPTED}
          onChange={(event) => {
            add(Array.from(event.target.files ?? []), attachments.length);
            event.target.value = '';
          }}
        />
      </div>
      {fault && <span className={styles.fault} role="alert">{fault}</span>}
    </div>
  );
}
