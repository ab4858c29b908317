import { ApiError } from './errors';
import { address, type Query } from './http';
import { askForLogin } from './relogin';

/** The name a file is sent under. */
export function nameOf(disposition: string | null): string {
  const encoded = /filename\*=utf-8''([^;]+)/i.exec(disposition ?? '')?.[1];
  if (encoded) return decodeURIComponent(encoded);
  return /filename="?([^";]+)"?/.exec(disposition ?? '')?.[1] ?? '导出';
}

async function fetchFile(path: string, query?: Query): Promise<Response> {
  for (;;) {
    const response = await fetch(address(path, query), { credentials: 'same-origin' }).catch(() => { throw new ApiError(0); });
    if (response.ok) return response;
    const problem = await response.json().catch(() => ({}));
    const failure = new ApiError(response.status, problem, response.headers.get('X-Request-Id') ?? undefined);
    if (response.status !== 401) throw failure;
    await askForLogin().catch(() => { throw failure; });
  }
}

/** Fetches a file and keeps it under the name it is sent with. Throws ApiError: a refusal is told on the page, not on a page of its own. */
export async function download(path: string, query?: Query): Promise<void> {
  const response = await fetchFile(path, query);
  const link = document.createElement('a');
  link.href = URL.createObjectURL(await response.blob());
  link.download = nameOf(response.headers.get('Content-Disposition'));
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
