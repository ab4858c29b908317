import { useSyncExternalStore } from 'react';
import { saveSentence, type SaveState } from '@/lib/autosave';
import { onPublicComputer } from '@/lib/drafts';
import styles from './write.module.css';

function onLine(tell: () => void) {
  window.addEventListener('online', tell);
  window.addEventListener('offline', tell);
  return () => {
    window.removeEventListener('online', tell);
    window.removeEventListener('offline', tell);
  };
}

const alarming: SaveState['kind'][] = ['offline', 'retrying', 'conflict', 'refused'];

function words(state: SaveState, connected: boolean, restored: boolean): string {
  const shared = onPublicComputer();
  if (!connected && shared) return '离线，公用设备不在本机保存，请勿关闭页面';
  if (!connected) return '离线，内容存在本机，联网后自动保存';
  if (state.kind === 'clean') return restored ? '已恢复上次未保存的内容' : '边写边自动保存';
  if (state.kind === 'local') return shared ? '填写标题后自动保存' : '已存在本机，填写标题后存到服务器';
  return saveSentence(state);
}

/** Whether what is written is safe, and where: it stays in sight however long the text is. */
export function SaveLine({ state, restored }: { state: SaveState; restored: boolean }) {
  const connected = useSyncExternalStore(onLine, () => navigator.onLine);
  const alarm = !connected || alarming.includes(state.kind);
  return <p className={`${styles.save} ${alarm ? styles.alarm : ''}`} role="status">{words(state, connected, restored)}</p>;
}
