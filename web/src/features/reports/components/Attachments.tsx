import { FileImageOutlined, FilePdfOutlined, FileWordOutlined } from '@ant-design/icons';
import { fileSize } from '@/lib/format';
import { useMe } from '@/lib/tenant';
import type { Attachment } from '@/lib/types';
import { attachmentAddress } from '../api/attachments';
import styles from './report.module.css';

function Icon({ type }: { type: string }) {
  if (type.startsWith('image/')) return <FileImageOutlined />;
  return type.includes('pdf') ? <FilePdfOutlined /> : <FileWordOutlined />;
}

interface Props {
  attachments: Attachment[];
  /** Left out: they can only be read. */
  onRemove?: (id: string) => void;
}

/** The files of a report. */
export function Attachments({ attachments, onRemove }: Props) {
  const { tenant } = useMe();
  return (
    <ul>
      {attachments.map((file) => (
        <li key={file.id} className={styles.file}>
          <Icon type={file.type} />
          <a href={attachmentAddress(tenant.code, file.id)} download={file.name}>{file.name}</a>
          <small>{fileSize(file.size)}</small>
          {onRemove && <button type="button" className={styles.remove} onClick={() => onRemove(file.id)} aria-label={`移除 ${file.name}`}>移除</button>}
        </li>
      ))}
    </ul>
  );
}
