import { useState } from 'react';
import { thumbnailAddress, viewAddress } from '@/features/attachments/api/attachments';
import { fileSize } from '@/lib/format';
import { useTenantCode } from '@/lib/tenant';
import type { Attachment } from '@/lib/types';
import { FileThumb } from '@/ui/plain/FileThumb';
import { viewable, Viewer } from '@/ui/plain/Viewer';
import styles from './report.module.css';

/** The files of a report: pictures and films to look at here, the others open in the phone's own viewer. */
export function Files({ files }: { files: Attachment[] }) {
  const tenant = useTenantCode();
  const [shown, show] = useState<Attachment>();
  if (!files.length) return null;
  return (
    <>
      <ul className={styles.files} aria-label="附件">
        {files.map((file) => (
          <li key={file.id}>
            <a
              href={viewAddress(tenant, file.id)}
              onClick={(event) => {
                if (!viewable(file.type)) return;
                event.preventDefault();
                show(file);
              }}
            >
              <FileThumb type={file.type} src={thumbnailAddress(tenant, file.id)} size={64} />
              <span>{file.name}<small>{fileSize(file.size)}</small></span>
            </a>
          </li>
        ))}
      </ul>
      {shown && <Viewer name={shown.name} type={shown.type} src={viewAddress(tenant, shown.id)} onClose={() => show(undefined)} />}
    </>
  );
}
