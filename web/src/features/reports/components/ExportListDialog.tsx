import { Checkbox, Modal, Radio } from 'antd';
import { useState } from 'react';
import type { Box } from '@/lib/types';
import { useDownload } from '@/ui/useDownload';
import type { ReportFilter } from '../api/lists';
import styles from './dialogs.module.css';

/** The columns an exported list may have, in their order. */
const columns: Record<string, string> = {
  number: '编号', title: '标题', author: '反映人', origin: '来文单位', category: '分类', topic: '主题', class: '类别', urgency: '紧急程度', state: '状态',
  adopted: '采用', times: '采用篇次', submitted_at: '提交时间', signed_at: '签发时间',
};

const formats = { xlsx: 'Excel 表格', docx: 'Word 文件（国标版式）' };

/** The list as it is narrowed on the screen, as a spreadsheet or on paper with the chosen columns. */
export default function ExportListDialog({ box, filter, onClose }: { box: Box; filter: ReportFilter; onClose: () => void }) {
  const [chosen, setChosen] = useState(Object.keys(columns));
  const [format, setFormat] = useState<keyof typeof formats>('xlsx');
  const file = useDownload();
  const submit = async () => {
    await file.fetch('/exports/reports', { ...filter, box, format, columns: Object.keys(columns).filter((name) => chosen.includes(name)).join(',') });
    onClose();
  };
  return (
    <Modal open title="导出列表" okText="导出" okButtonProps={{ disabled: chosen.length === 0, loading: file.busy }} onOk={() => void submit()} onCancel={onClose}>
      <p className={styles.hint}>导出当前条件下的全部稿件，不只是已显示的。文件带有您的水印，导出会记入审计。</p>
      <Radio.Group aria-label="文件格式" value={format} onChange={(event) => setFormat(event.target.value)} options={Object.entries(formats).map(([value, label]) => ({ value, label }))} />
      <div className={styles.reasons} role="group" aria-label="导出的列">
        {Object.entries(columns).map(([name, text]) => (
          <Checkbox key={name} checked={chosen.includes(name)} onChange={(event) => setChosen(event.target.checked ? [...chosen, name] : chosen.filter((one) => one !== name))}>{text}</Checkbox>
        ))}
      </div>
    </Modal>
  );
}
