import { useState } from 'react';
import { attachmentAddress, thumbnailAddress, viewAddress } from '../api/attachments';
import { fileSize } from '@/lib/format';
import { useMe } from '@/lib/tenant';
import type { Attachment } from '@/lib/types';
import { FileThumb } from '@/ui/plain/FileThumb';
import { viewable, Viewer } from '@/ui/plain/Viewer';
import styles from './attachments.module.css';

interface Props {
  attachments: Attachment[];
  /** Left out: they can only be read. */
  onRemove?: (id: string) => void;
}

/** The files of a report: pictures and films are looked at here, all are downloaded. */
export function Attachments({ attachments, onRemove }: Props) {
  const { tenant } = useMe();
  const [shown, show] = useState<Attachment>();
  return (
    <>
      <ul>
        {attachments.map((file) => (
          <li key={file.id} className={styles.file}>
            <FileThumb type={file.type} src={thumbnailAddress(tenant.code, file.id)} size={40} />
            <a href={attachmentAddress(tenant.code, file.id)} download={file.name}>{file.name}</a>
            <small>{fileSize(file.size)}</small>
            {viewable(file.type) && <button type="button" className={styles.remove} onClick={() => show(file)} aria-label={`查看 ${file.name}`}>查看</button>}
            {onRemove && <button type="button" className={styles.remove} onClick={() => onRemove(file.id)} aria-label={`移除 ${file.name}`}>移除</button>}
          </li>
        ))}
      </ul>
      {shown && <Viewer name={shown.name} type={shown.type} src={viewAddress(tenant.code, shown.id)} onClose={() => show(undefined)} />}
    </>
  );
}
