import { Button, Checkbox, Modal } from 'antd';
import { useState } from 'react';
import { moved } from '@/features/reports/api/origin';
import { columns as all, columnsOf, usual } from './columns';
import styles from './ledger.module.css';

interface Props {
  columns: string[];
  onClose: (columns?: string[]) => void;
}

/** Which columns are shown and exported, and in which order. */
export default function ColumnDialog({ columns, onClose }: Props) {
  const [chosen, setChosen] = useState(columns);
  const rest = all.filter((one) => !chosen.includes(one.key));
  return (
    <Modal
      open title="选择列" okText="应用" okButtonProps={{ disabled: !chosen.length }} onOk={() => onClose(chosen)} onCancel={() => onClose()}
      footer={(_, { OkBtn, CancelBtn }) => <><Button onClick={() => setChosen(usual)}>恢复默认</Button><CancelBtn /><OkBtn /></>}
    >
      <p>导出的表格与这里的列和顺序一致。</p>
      <ul className={styles.choose} aria-label="显示的列">
        {columnsOf(chosen).map((one, index) => (
          <li key={one.key}>
            <Checkbox checked onChange={() => setChosen(chosen.filter((key) => key !== one.key))}>{one.title}</Checkbox>
            <Button size="small" type="text" disabled={index === 0} aria-label={`${one.title}前移`} onClick={() => setChosen(moved(chosen, index, index - 1))}>↑</Button>
            <Button size="small" type="text" disabled={index === chosen.length - 1} aria-label={`${one.title}后移`} onClick={() => setChosen(moved(chosen, index, index + 1))}>↓</Button>
          </li>
        ))}
      </ul>
      {rest.length > 0 && (
        <ul className={styles.choose} aria-label="不显示的列">
          {rest.map((one) => <li key={one.key}><Checkbox checked={false} onChange={() => setChosen([...chosen, one.key])}>{one.title}</Checkbox></li>)}
        </ul>
      )}
    </Modal>
  );
}
