import { useState } from 'react';
import styles from './files.module.css';

const words: [RegExp, string][] = [
  [/^image\//, '图'], [/^video\//, '视频'], [/pdf/, 'PDF'], [/wordprocessing|msword/, 'W'], [/spreadsheet/, 'X'], [/presentation/, 'P'], [/^text\//, 'TXT'],
];

/** The small picture of a file, or a sign of what it is where there is none. */
export function FileThumb({ type, src, size = 48 }: { type: string; src?: string; size?: number }) {
  const [none, setNone] = useState(false);
  const pictured = src && !none && /^(image|video)\//.test(type);
  const film = type.startsWith('video/');
  return (
    <span className={styles.thumb} style={{ width: size, height: size }} aria-hidden="true">
      {pictured ? <img src={src} alt="" loading="lazy" onError={() => setNone(true)} /> : <b>{words.find(([kind]) => kind.test(type))?.[1] ?? '文件'}</b>}
      {pictured && film && <i />}
    </span>
  );
}
