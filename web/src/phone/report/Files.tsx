import { attachmentAddress } from '@/features/reports/api/attachments';
import { fileSize } from '@/lib/format';
import { useTenantCode } from '@/lib/tenant';
import type { Attachment } from '@/lib/types';
import { FileIcon } from '../frame/icons';
import styles from './report.module.css';

/** The files of a report: pictures to look at, the others to open. */
export function Files({ files }: { files: Attachment[] }) {
  const tenant = useTenantCode();
  if (!files.length) return null;
  return (
    <ul className={styles.files} aria-label="附件">
      {files.map((file) => (
        <li key={file.id}>
          <a href={attachmentAddress(tenant, file.id)} download={file.name}>
            {file.type.startsWith('image/') ? <img src={attachmentAddress(tenant, file.id)} alt="" loading="lazy" /> : <FileIcon />}
            <span>{file.name}<small>{fileSize(file.size)}</small></span>
          </a>
        </li>
      ))}
    </ul>
  );
}
