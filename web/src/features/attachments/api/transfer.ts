import { isApiError } from '@/lib/errors';
import { get, inTenant, post } from '@/lib/http';
import type { Attachment, Schemas } from '@/lib/types';
import { fileName, send } from './direct';
import { contentDigest, fingerprint } from './fingerprint';

/** Files up to this size go in one request. */
const DIRECT = 1024 * 1024;
const SMALLEST_PART = 128 * 1024;
const FIRST_PART = 512 * 1024;
/** How long a broken line is waited for before the person is asked, in milliseconds; each wait is twice the last. */
const WAITS = [1000, 2000, 4000, 8000, 15_000];

type Progress = Schemas['AttachmentsUpload'];

export interface TransferOptions {
  /** Kept over retries, so that a file is never stored twice. */
  key: string;
  signal: AbortSignal;
  onProgress: (share: number) => void;
  /** The line is broken and is being waited for. */
  onWait?: (waiting: boolean) => void;
}

/** Sends one file. A large one goes in parts: after a break, or in another window, it goes on where it stopped. */
export function transfer(tenant: string, file: File, options: TransferOptions): Promise<Attachment> {
  return file.size <= DIRECT ? whole(tenant, file, options) : inParts(tenant, file, options);
}

function whole(tenant: string, file: File, { key, signal, onProgress }: TransferOptions): Promise<Attachment> {
  const body = new FormData();
  body.append('file', file, fileName(file.name, file.type));
  return send<Attachment>({
    method: 'POST', path: inTenant(tenant, '/attachments'), body, signal, headers: { 'Idempotency-Key': key },
    onSent: (bytes) => onProgress(Math.min(1, bytes / file.size)),
  });
}

async function inParts(tenant: string, file: File, options: TransferOptions): Promise<Attachment> {
  const { signal, onProgress } = options;
  const path = inTenant(tenant, '/uploads');
  const mark = await fingerprint(file);
  let at = await patient(options, () => post<Progress>(path, { body: { name: fileName(file.name, file.type), size: file.size, fingerprint: mark }, signal }));
  const here = `${path}/${at.id}`;
  let length = FIRST_PART;
  while (at.received < file.size) {
    onProgress(at.received / file.size);
    const from = at.received;
    const part = file.slice(from, Math.min(from + length, file.size));
    try {
      at = await send<Progress>({
        method: 'PUT', path: `${here}/parts/${from}`, body: part, signal,
        headers: { 'Content-Type': 'application/octet-stream', ...(await contentDigest(part)) },
        onSent: (bytes) => onProgress((from + bytes) / file.size),
      });
      length = Math.min(length * 2, at.max_part);
    } catch (error) {
      if (!passing(error)) throw error;
      length = Math.max(length / 2, SMALLEST_PART);
      at = await patient(options, () => get<Progress>(here, { signal }), true);
    }
  }
  onProgress(1);
  return patient(options, () => post<Attachment>(`${here}/finish`, { signal }));
}

/** Whether the server may have more, or the line may come back: a part out of order is such a case too. */
const passing = (error: unknown) => isApiError(error) && (error.transient || error.status === 409);

/** Tries until it works or refuses; a broken line is waited for, first at once where the first try has failed already. */
async function patient<T>({ signal, onWait }: TransferOptions, run: () => Promise<T>, failed = false): Promise<T> {
  for (let tries = failed ? 1 : 0; ; tries += 1) {
    if (tries > 0) {
      onWait?.(true);
      await pause(WAITS[tries - 1]!, signal);
    }
    try {
      const answer = await run();
      onWait?.(false);
      return answer;
    } catch (error) {
      if (!isApiError(error) || !error.transient || tries >= WAITS.length) throw error;
    }
  }
}

/** Waits, but no longer than until the line is back. */
function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const end = () => {
      clearTimeout(timer);
      window.removeEventListener('online', go);
      signal.removeEventListener('abort', stop);
    };
    const go = () => { end(); resolve(); };
    const stop = () => { end(); reject(new DOMException('removed', 'AbortError')); };
    const timer = setTimeout(go, milliseconds);
    window.addEventListener('online', go);
    signal.addEventListener('abort', stop);
  });
}
