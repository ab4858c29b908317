import type { ButtonHTMLAttributes } from 'react';
import styles from './plain.module.css';

/** A plain button for pages without antd. */
export function Button({ main, className = '', ...rest }: ButtonHTMLAttributes<HTMLButtonElement> & { main?: boolean }) {
  return <button type="button" className={`${styles.button} ${main ? styles.buttonMain : ''} ${className}`} {...rest} />;
}
