import { Modal, Switch } from 'antd';
import { useState } from 'react';
import { setShortcutsOff, shortcutsOff } from '@/lib/shortcuts';
import styles from './shell.module.css';

const keys = [
  ['N', '撰写信息'],
  ['/', '搜索稿件'],
  ['J / K', '下一篇 / 上一篇'],
  ['空格', '速览所选稿件'],
  ['Enter', '打开所选稿件'],
  ['T', '受理所选来稿'],
  ['E', '编辑'],
  ['F', '报送上级'],
  ['A', '采用'],
  ['R', '退回'],
  ['Ctrl + S', '保存'],
  ['Ctrl + Enter', '提交或送审'],
  ['?', '打开本表'],
] as const;

/** The list of keys, and the switch that puts them off. */
export default function KeysDialog({ open, onClose }: { open: boolean; onClose: () => void }) {
  const [off, setOff] = useState(shortcutsOff);
  return (
    <Modal title="快捷键" open={open} onCancel={onClose} footer={null} width={440}>
      <div className={styles.keys}>
        {keys.map(([key, text]) => [<kbd key={key}>{key}</kbd>, <span key={text}>{text}</span>])}
        <span>启用</span>
        <span>
          <Switch
            aria-label="启用快捷键"
            checked={!off}
            onChange={(on) => {
              setShortcutsOff(!on);
              setOff(!on);
            }}
          />
        </span>
      </div>
    </Modal>
  );
}
