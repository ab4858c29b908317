import { useEffect, useRef, useState } from 'react';
import { newId } from '@/lib/actionKey';
import { isApiError, sentence } from '@/lib/errors';
import { useTenantCode } from '@/lib/tenant';
import type { Attachment } from '@/lib/types';
import { faultOf, useLimits } from './attachments';

/** A file on its way. */
export interface Upload {
  key: string;
  file: File;
  /** From 0 to 1. */
  share: number;
  state: 'waiting' | 'sending' | 'paused' | 'offline' | 'failed';
  fault?: string;
  /** Whether another try may help. */
  again?: boolean;
}

/** How many go at the same time: on a bad line, more only hinder each other. */
const AT_ONCE = 2;

/** The files on their way; each that arrives is handed to onDone. */
export function useUploads(onDone: (file: Attachment) => void) {
  const tenant = useTenantCode();
  const limits = useLimits();
  const [uploads, setUploads] = useState<Upload[]>([]);
  const stops = useRef(new Map<string, AbortController>());
  const done = useRef(onDone);
  useEffect(() => {
    done.current = onDone;
  });
  useEffect(() => {
    const all = stops.current;
    return () => all.forEach((stop) => stop.abort());
  }, []);

  const put = (key: string, part: Partial<Upload>) => setUploads((all) => all.map((one) => (one.key === key ? { ...one, ...part } : one)));
  const drop = (key: string) => setUploads((all) => all.filter((one) => one.key !== key));
  const start = async ({ key, file }: Upload) => {
    const stop = new AbortController();
    stops.current.set(key, stop);
    put(key, { state: 'sending', fault: undefined, again: undefined });
    try {
      const { transfer } = await import('./transfer'); // fetched with the first file
      const arrived = await transfer(tenant, file, {
        key, signal: stop.signal,
        onProgress: (share) => put(key, { share }),
        onWait: (waiting) => put(key, { state: waiting ? 'offline' : 'sending' }),
      });
      drop(key);
      done.current(arrived);
    } catch (error) {
      if (!stop.signal.aborted) put(key, { state: 'failed', fault: sentence(error), again: isApiError(error) && error.transient });
    } finally {
      stops.current.delete(key);
    }
  };
  // The next that waits goes when there is room.
  useEffect(() => {
    const busy = uploads.filter((one) => one.state === 'sending' || one.state === 'offline').length;
    const next = uploads.find((one) => one.state === 'waiting');
    if (next && busy < AT_ONCE && !stops.current.has(next.key)) void start(next);
  });

  /** Takes files; `have` is how many the subject has already. */
  const add = (files: File[], have: number) => {
    const free = limits.count - have - uploads.length;
    const fresh = files.map((file, index): Upload => {
      const fault = index >= free ? `附件最多 ${limits.count} 个` : faultOf(file, limits);
      return { key: newId(), file, share: 0, state: fault ? 'failed' : 'waiting', fault };
    });
    setUploads((all) => [...all, ...fresh]);
  };
  const stop = (key: string) => stops.current.get(key)?.abort();
  return {
    uploads, limits, add,
    remove: (key: string) => { stop(key); drop(key); },
    pause: (key: string) => { stop(key); put(key, { state: 'paused' }); },
    /** Goes on where it stopped, or tries again. */
    resume: (key: string) => put(key, { state: 'waiting', fault: undefined, again: undefined }),
    busy: uploads.some((one) => one.state !== 'failed'),
  };
}

export type Uploads = ReturnType<typeof useUploads>;

/** How far a file is, in words. */
export function uploadText({ state, share, fault }: Upload): string {
  const percent = `${Math.floor(share * 100)}%`;
  return {
    waiting: '等待上传', sending: share >= 1 ? '正在核对文件…' : `正在上传 ${percent}`, paused: `已暂停（${percent}）`,
    offline: `网络不通，稍后自动续传（${percent}）`, failed: fault ?? '没有上传',
  }[state];
}
