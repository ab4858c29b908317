import type { ChangeEvent } from 'react';
import { ATTACHMENT_TYPES, attachmentAddress } from '@/features/reports/api/attachments';
import { fileSize } from '@/lib/format';
import { useTenantCode } from '@/lib/tenant';
import type { Attachment } from '@/lib/types';
import { CameraIcon, FileIcon } from '../frame/icons';
import { MOST_FILES, type useUploads } from './useUploads';
import styles from './write.module.css';

interface Props {
  files: Attachment[];
  uploads: ReturnType<typeof useUploads>;
  fault?: string;
  onRemove: (id: string) => void;
}

/** Two big buttons, and the files with how far each is. */
export function FileField({ files, uploads, fault, onRemove }: Props) {
  const tenant = useTenantCode();
  const pick = (event: ChangeEvent<HTMLInputElement>) => {
    uploads.add(Array.from(event.target.files ?? []), MOST_FILES - files.length - uploads.uploads.length);
    event.target.value = '';
  };
  return (
    <section className={styles.field} aria-label="附件">
      <div className={styles.pick}>
        <label><CameraIcon />拍照<input type="file" accept="image/*" capture="environment" onChange={pick} /></label>
        <label><FileIcon />文件<input type="file" accept={ATTACHMENT_TYPES} multiple onChange={pick} /></label>
      </div>
      <p className={styles.hint}>图片、PDF、Word（.docx），单个不超过 10 MB</p>
      {fault && <p className={styles.fault} role="alert">{fault}</p>}
      <ul className={styles.files}>
        {files.map((file) => (
          <li key={file.id}>
            {file.type.startsWith('image/') ? <img src={attachmentAddress(tenant, file.id)} alt="" /> : <FileIcon size={28} />}
            <span>{file.name}<small>{fileSize(file.size)} · 已上传</small></span>
            <button type="button" onClick={() => onRemove(file.id)} aria-label={`移除 ${file.name}`}>移除</button>
          </li>
        ))}
        {uploads.uploads.map((one) => (
          <li key={one.key}>
            <FileIcon size={28} />
            <span>
              {one.file.name}
              {one.fault ? <small className={styles.fault} role="alert">{one.fault}</small> : <progress value={one.share} aria-label={`正在上传 ${one.file.name}`} />}
              {one.again && <button type="button" className={styles.again} onClick={() => void uploads.retry(one)}>重试</button>}
            </span>
            <button type="button" onClick={() => uploads.remove(one.key)} aria-label={`移除 ${one.file.name}`}>移除</button>
          </li>
        ))}
      </ul>
    </section>
  );
}
