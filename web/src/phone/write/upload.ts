import { newId } from '@/lib/actionKey';
import { ApiError } from '@/lib/errors';
import { address, inTenant } from '@/lib/http';
import { askForLogin } from '@/lib/relogin';
import type { Attachment } from '@/lib/types';

const extensions: Record<string, string> = {
  'image/jpeg': 'jpg', 'image/png': 'png', 'image/webp': 'webp', 'image/gif': 'gif', 'application/pdf': 'pdf',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': 'docx',
};

/** A name with an extension: cameras and chat programs hand over files without. */
export function fileName(name: string, type: string): string {
  const extension = extensions[type];
  return extension && !/\.[A-Za-z]{3,4}$/.test(name) ? `${name || '照片'}.${extension}` : name;
}

interface Options {
  onProgress: (share: number) => void;
  signal: AbortSignal;
  /** Kept over retries, so that a file is never stored twice. */
  key?: string;
}

function once(tenant: string, file: File, key: string, { onProgress, signal }: Options): Promise<Attachment> {
  return new Promise((resolve, reject) => {
    const body = new FormData();
    body.append('file', file, fileName(file.name, file.type));
    const request = new XMLHttpRequest();
    request.open('POST', address(inTenant(tenant, '/attachments')));
    request.setRequestHeader('Accept', 'application/json');
    request.setRequestHeader('Idempotency-Key', key);
    request.upload.onprogress = (event) => event.lengthComputable && onProgress(event.loaded / event.total);
    request.onerror = () => reject(new ApiError(0));
    request.onabort = () => reject(new DOMException('removed', 'AbortError'));
    request.onload = () => {
      const answer = parse(request.responseText);
      if (request.status === 201 && answer) resolve(answer as Attachment);
      else reject(new ApiError(request.status, answer ?? {}, request.getResponseHeader('X-Request-Id') ?? undefined));
    };
    signal.addEventListener('abort', () => request.abort());
    request.send(body);
  });
}

function parse(text: string): object | undefined {
  try {
    const answer: unknown = JSON.parse(text);
    return typeof answer === 'object' && answer ? answer : undefined;
  } catch {
    return undefined;
  }
}

/** Sends one file, telling how far it is; a session that ended is entered again first. */
export async function upload(tenant: string, file: File, options: Options): Promise<Attachment> {
  const key = options.key ?? newId();
  for (;;) {
    try {
      return await once(tenant, file, key, options);
    } catch (error) {
      if (!(error instanceof ApiError) || error.status !== 401) throw error;
      await askForLogin().catch(() => {
        throw error;
      });
    }
  }
}
