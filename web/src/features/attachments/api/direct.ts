import { ApiError } from '@/lib/errors';
import { address } from '@/lib/http';
import { askForLogin } from '@/lib/relogin';

const extensions: Record<string, string> = {
  'image/jpeg': 'jpg', 'image/png': 'png', 'image/webp': 'webp', 'image/gif': 'gif', 'application/pdf': 'pdf', 'video/mp4': 'mp4', 'video/quicktime': 'mov',
  'video/webm': 'webm', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document': 'docx',
};

/** A name with an extension: cameras and chat programs hand over files without. */
export function fileName(name: string, type: string): string {
  const extension = extensions[type];
  const plain = type.startsWith('video/') ? '视频' : '照片';
  return extension && !/\.[A-Za-z0-9]{2,4}$/.test(name) ? `${name || plain}.${extension}` : name;
}

export interface SendOptions {
  method: 'POST' | 'PUT';
  path: string;
  body: Document | XMLHttpRequestBodyInit | null;
  headers?: Record<string, string>;
  signal: AbortSignal;
  /** Bytes of this request that are on their way. */
  onSent?: (bytes: number) => void;
}

/** One request whose sending can be watched, which fetch cannot; a session that ended is entered again first. */
export async function send<T>(options: SendOptions): Promise<T> {
  for (;;) {
    try {
      return await once<T>(options);
    } catch (error) {
      if (!(error instanceof ApiError) || error.status !== 401) throw error;
      await askForLogin().catch(() => {
        throw error;
      });
    }
  }
}

function once<T>({ method, path, body, headers, signal, onSent }: SendOptions): Promise<T> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(new DOMException('removed', 'AbortError'));
    const request = new XMLHttpRequest();
    request.open(method, address(path));
    request.setRequestHeader('Accept', 'application/json');
    for (const [name, value] of Object.entries(headers ?? {})) request.setRequestHeader(name, value);
    request.upload.onprogress = (event) => onSent?.(event.loaded);
    const stop = () => request.abort();
    const end = (settle: () => void) => () => {
      signal.removeEventListener('abort', stop);
      settle();
    };
    request.onerror = end(() => reject(new ApiError(0)));
    request.onabort = end(() => reject(new DOMException('removed', 'AbortError')));
    request.onload = end(() => {
      const answer = parse(request.responseText);
      if (request.status >= 200 && request.status < 300 && answer) resolve(answer as T);
      else reject(new ApiError(request.status, answer ?? {}, request.getResponseHeader('X-Request-Id') ?? undefined));
    });
    signal.addEventListener('abort', stop);
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
