import { Button } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { transfer } from '@/features/attachments/api/transfer';
import { newId } from '@/lib/actionKey';
import { sentence } from '@/lib/errors';
import { useTenantCode } from '@/lib/tenant';
import type { Attachment } from '@/lib/types';
import styles from './imports.module.css';

interface Props {
  text: string;
  accept: string;
  /** What is done with the file once it has arrived; its refusal is shown here. */
  onArrived: (file: Attachment) => Promise<unknown>;
}

/** A button that takes one file, sends it and hands it on. */
export function FilePick({ text, accept, onArrived }: Props) {
  const tenant = useTenantCode();
  const input = useRef<HTMLInputElement>(null);
  const stop = useRef<AbortController>(undefined);
  const [share, setShare] = useState<number>();
  const [fault, setFault] = useState('');
  useEffect(() => () => stop.current?.abort(), []);
  const take = async (file: File) => {
    stop.current = new AbortController();
    const { signal } = stop.current;
    setFault('');
    setShare(0);
    try {
      await onArrived(await transfer(tenant, file, { key: newId(), signal, onProgress: setShare }));
    } catch (error) {
      if (!signal.aborted) setFault(sentence(error));
    }
    setShare(undefined);
  };
  return (
    <div>
      <Button type="primary" loading={share !== undefined} onClick={() => input.current?.click()}>
        {share === undefined ? text : share < 1 ? `正在上传 ${Math.floor(share * 100)}%` : '正在检查…'}
      </Button>
      <input
        ref={input} type="file" hidden accept={accept} aria-label={text}
        onChange={(event) => {
          const file = event.target.files?.[0];
          event.target.value = '';
          if (file) void take(file);
        }}
      />
      {fault && <p className={styles.fault} role="alert">{fault}</p>}
    </div>
  );
}
