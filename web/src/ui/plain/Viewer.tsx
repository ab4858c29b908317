import { useEffect, useRef, type KeyboardEvent } from 'react';
import styles from './files.module.css';

interface Props {
  name: string;
  type: string;
  src: string;
  onClose: () => void;
}

/** Whether a file can be looked at on the page itself. */
export const viewable = (type: string) => /^(image|video)\//.test(type);

/** A picture or film over the page; Escape closes it. */
export function Viewer({ name, type, src, onClose }: Props) {
  const close = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    const before = document.activeElement as HTMLElement | null;
    close.current?.focus();
    return () => before?.focus();
  }, []);
  const keep = (event: KeyboardEvent) => {
    event.stopPropagation();
    if (event.key === 'Escape') onClose();
    if (event.key === 'Tab' && !type.startsWith('video/')) event.preventDefault();
  };
  return (
    <div className={styles.viewer} role="dialog" aria-modal="true" aria-label={name} onKeyDown={keep} onClick={(event) => event.target === event.currentTarget && onClose()}>
      <div className={styles.bar}><span>{name}</span><button ref={close} type="button" onClick={onClose}>关闭</button></div>
      {type.startsWith('video/') ? <video src={src} controls playsInline preload="metadata" /> : <img src={src} alt={name} />}
    </div>
  );
}
