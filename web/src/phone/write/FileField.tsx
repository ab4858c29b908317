import type { ChangeEvent } from 'react';
import { ACCEPTED, limitsText, thumbnailAddress } from '@/features/attachments/api/attachments';
import { uploadText, type Uploads } from '@/features/attachments/api/useUploads';
import { fileSize } from '@/lib/format';
import { useTenantCode } from '@/lib/tenant';
import type { Attachment } from '@/lib/types';
import { FileThumb } from '@/ui/plain/FileThumb';
import { CameraIcon, FileIcon, FilmIcon } from '../frame/icons';
import styles from './write.module.css';

interface Props {
  files: Attachment[];
  uploads: Uploads;
  fault?: string;
  onRemove: (id: string) => void;
}

/** Three big buttons, and the files with how far each is. */
export default function FileField({ files, uploads, fault, onRemove }: Props) {
  const tenant = useTenantCode();
  const pick = (event: ChangeEvent<HTMLInputElement>) => {
    uploads.add(Array.from(event.target.files ?? []), files.length);
    event.target.value = '';
  };
  return (
    <section className={styles.field} aria-label="附件">
      <div className={styles.pick}>
        <label><CameraIcon />拍照<input type="file" accept="image/*" capture="environment" onChange={pick} /></label>
        <label><FilmIcon />录像<input type="file" accept="video/*" capture="environment" onChange={pick} /></label>
        <label><FileIcon />文件<input type="file" accept={ACCEPTED} multiple onChange={pick} /></label>
      </div>
      <p className={styles.hint}>{limitsText(uploads.limits)}；边写边传，断网后自动续传</p>
      {fault && <p className={styles.fault} role="alert">{fault}</p>}
      <ul className={styles.files}>
        {files.map((file) => (
          <li key={file.id}>
            <FileThumb type={file.type} src={thumbnailAddress(tenant, file.id)} />
            <span>{file.name}<small>{fileSize(file.size)} · 已上传</small></span>
            <button type="button" onClick={() => onRemove(file.id)} aria-label={`移除 ${file.name}`}>移除</button>
          </li>
        ))}
        {uploads.uploads.map((one) => (
          <li key={one.key}>
            <FileThumb type={one.file.type} />
            <span>
              {one.file.name}
              <small className={one.state === 'failed' ? styles.fault : ''} role={one.state === 'failed' ? 'alert' : undefined}>{uploadText(one)}</small>
              {one.state !== 'failed' && <progress value={one.share} aria-label={`正在上传 ${one.file.name}`} />}
              {(one.state === 'sending' || one.state === 'offline') && one.share < 1 && (
                <button type="button" className={styles.again} onClick={() => uploads.pause(one.key)} aria-label={`暂停 ${one.file.name}`}>暂停</button>
              )}
              {one.state === 'paused' && <button type="button" className={styles.again} onClick={() => uploads.resume(one.key)} aria-label={`继续 ${one.file.name}`}>继续</button>}
              {one.again && <button type="button" className={styles.again} onClick={() => uploads.resume(one.key)}>重试</button>}
            </span>
            <button type="button" onClick={() => uploads.remove(one.key)} aria-label={`移除 ${one.file.name}`}>移除</button>
          </li>
        ))}
      </ul>
    </section>
  );
}
