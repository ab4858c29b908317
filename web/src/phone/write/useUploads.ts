import { useEffect, useRef, useState } from 'react';
import { ATTACHMENT_LIMIT } from '@/features/reports/api/attachments';
import { newId } from '@/lib/actionKey';
import { isApiError, sentence } from '@/lib/errors';
import type { Attachment } from '@/lib/types';
import { upload } from './upload';

/** A file on its way. */
export interface Upload {
  key: string;
  file: File;
  /** From 0 to 1. */
  share: number;
  fault?: string;
  /** Whether another try may help. */
  again?: boolean;
}

export const MOST_FILES = 20;

/** The files on their way; each that arrives is handed to onDone. */
export function useUploads(tenant: string, onDone: (file: Attachment) => void) {
  const [uploads, setUploads] = useState<Upload[]>([]);
  const stops = useRef(new Map<string, AbortController>());
  useEffect(() => {
    const all = stops.current;
    return () => all.forEach((stop) => stop.abort());
  }, []);

  const put = (key: string, part: Partial<Upload>) => setUploads((all) => all.map((one) => (one.key === key ? { ...one, ...part } : one)));
  const drop = (key: string) => setUploads((all) => all.filter((one) => one.key !== key));
  const start = async ({ key, file }: Upload) => {
    const stop = new AbortController();
    stops.current.set(key, stop);
    put(key, { share: 0, fault: undefined, again: undefined });
    try {
      const done = await upload(tenant, file, { key, signal: stop.signal, onProgress: (share) => put(key, { share }) });
      drop(key);
      onDone(done);
    } catch (error) {
      if (!stop.signal.aborted) put(key, { fault: sentence(error), again: isApiError(error) && error.transient });
    } finally {
      stops.current.delete(key);
    }
  };
  /** Sends files; `free` is how many more the report may have. */
  const add = (files: File[], free: number) => {
    const fresh = files.map((file, index): Upload => ({
      key: newId(), file, share: 0,
      fault: index >= free ? `附件最多 ${MOST_FILES} 个` : file.size > ATTACHMENT_LIMIT ? '超过 10 MB，没有上传' : undefined,
    }));
    setUploads((all) => [...all, ...fresh]);
    fresh.filter((one) => !one.fault).forEach((one) => void start(one));
  };
  const remove = (key: string) => {
    stops.current.get(key)?.abort();
    drop(key);
  };
  return { uploads, add, remove, retry: start, busy: uploads.some((one) => !one.fault) };
}
