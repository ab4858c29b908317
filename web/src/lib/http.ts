import { newId } from './actionKey';
import { ApiError } from './errors';
import { askForLogin } from './relogin';

export const BASE = '/api/v1';

export type Query = Record<string, string | number | boolean | undefined | null>;

export interface RequestOptions {
  query?: Query;
  body?: unknown;
  /** The Idempotency-Key of the action; one is made when it is left out. */
  key?: string;
  /** The version the edit is based on. */
  ifMatch?: number;
  signal?: AbortSignal;
  /** false: a 401 is an answer, not a reason to ask for the password. */
  relogin?: boolean;
}

export interface Answer<T> {
  data: T;
  etag?: number;
}

/** The address below the API's base, with the parameters that have a value. */
export function address(path: string, query?: Query): string {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(query ?? {})) {
    if (value !== undefined && value !== null && value !== '') params.set(name, String(value));
  }
  const text = params.toString();
  return BASE + path + (text ? `?${text}` : '');
}

async function fail(response: Response): Promise<never> {
  const requestId = response.headers.get('X-Request-Id') ?? undefined;
  const problem = await response.json().catch(() => ({}));
  throw new ApiError(response.status, problem, requestId);
}

function init(method: string, options: RequestOptions): RequestInit {
  const headers: Record<string, string> = { Accept: 'application/json' };
  let body: BodyInit | undefined;
  if (options.body instanceof FormData) {
    body = options.body;
  } else if (method !== 'GET' && method !== 'DELETE') {
    headers['Content-Type'] = 'application/json';
    body = JSON.stringify(options.body ?? {});
  }
  if (method !== 'GET') headers['Idempotency-Key'] = options.key ?? newId();
  if (options.ifMatch !== undefined) headers['If-Match'] = `"${options.ifMatch}"`;
  return { method, headers, body, signal: options.signal, credentials: 'same-origin' };
}

/** One request to the API. Throws ApiError; waits for a new login when the session has ended. */
export async function send<T>(method: string, path: string, options: RequestOptions = {}): Promise<Answer<T>> {
  const request = init(method, options);
  const go = () =>
    fetch(address(path, options.query), request).catch((error) => {
      if (error instanceof DOMException && error.name === 'AbortError') throw error;
      throw new ApiError(0);
    });
  let response = await go();
  while (response.status === 401 && options.relogin !== false) {
    await askForLogin().catch(() => fail(response));
    response = await go();
  }
  if (!response.ok) await fail(response);
  const etag = /^(?:W\/)?"(\d+)"$/.exec(response.headers.get('ETag') ?? '')?.[1];
  const data = response.status === 204 ? undefined : await response.json().catch(() => undefined);
  return { data: data as T, etag: etag === undefined ? undefined : Number(etag) };
}

export const get = async <T>(path: string, options?: RequestOptions) => (await send<T>('GET', path, options)).data;
export const post = async <T>(path: string, options?: RequestOptions) => (await send<T>('POST', path, options)).data;
export const put = async <T>(path: string, options?: RequestOptions) => (await send<T>('PUT', path, options)).data;
export const patch = async <T>(path: string, options?: RequestOptions) => (await send<T>('PATCH', path, options)).data;
export const del = async <T>(path: string, options?: RequestOptions) => (await send<T>('DELETE', path, options)).data;

/** The path of something inside a tenant. */
export const inTenant = (tenant: string, path: string) => `/t/${encodeURIComponent(tenant)}${path}`;
