import { afterEach, expect, describe, it, vi } from 'vitest';
import { ApiError } from './errors';
import { address, get, patch, post } from './http';
import { loginAnswered, loginWanted } from './relogin';

const answer = (status: number, body: unknown, headers: Record<string, string> = {}) =>
  new Response(JSON.stringify(body), { status, headers });

function server(...answers: Response[]) {
  const fetch = vi.fn<(url: string, init: RequestInit) => Promise<Response>>();
  for (const one of answers) fetch.mockResolvedValueOnce(one);
  vi.stubGlobal('fetch', fetch);
  const header = (call: number, name: string) => (fetch.mock.calls[call]![1].headers as Record<string, string>)[name];
  return { fetch, header };
}

afterEach(() => vi.unstubAllGlobals());

describe('http', () => {
  it('leaves out parameters without a value', () => {
    expect(address('/t/a1/reports', { box: 'mine', q: '', cursor: undefined, limit: 30 })).toBe('/api/v1/t/a1/reports?box=mine&limit=30');
  });

  it('carries a key on changes and a version on edits', async () => {
    const { header } = server(answer(200, {}), answer(200, {}));
    await post('/x', { body: {}, key: 'k1' });
    await patch('/x', { body: {}, ifMatch: 7 });
    expect(header(0, 'Idempotency-Key')).toBe('k1');
    expect(header(1, 'Idempotency-Key')).toMatch(/^[0-9a-f-]{36}$/);
    expect(header(1, 'If-Match')).toBe('"7"');
  });

  it('turns a problem into a sentence with its request number and fields', async () => {
    server(answer(422, { detail: '填写有误', request_id: 'r1', errors: [{ message: '请填写标题', location: 'body.title' }] }));
    const error = await post('/x').catch((caught) => caught as ApiError);
    expect(error).toBeInstanceOf(ApiError);
    expect((error as ApiError).message).toBe('填写有误');
    expect((error as ApiError).requestId).toBe('r1');
    expect((error as ApiError).byField).toEqual({ title: '请填写标题' });
  });

  it('asks for the password when the session has ended and repeats with the same key', async () => {
    const { fetch, header } = server(answer(401, {}), answer(200, { ok: true }));
    const done = post<{ ok: boolean }>('/x', { body: { a: 1 } });
    await vi.waitFor(() => expect(loginWanted()).toBe(true));
    loginAnswered(true);
    expect(await done).toEqual({ ok: true });
    expect(fetch).toHaveBeenCalledTimes(2);
    expect(header(1, 'Idempotency-Key')).toBe(header(0, 'Idempotency-Key'));
  });

  it('gives the refusal when the person does not log in again', async () => {
    server(answer(401, { detail: '登录已失效' }));
    const done = get('/x').catch((caught) => caught as ApiError);
    await vi.waitFor(() => expect(loginWanted()).toBe(true));
    loginAnswered(false);
    expect(((await done) as ApiError).status).toBe(401);
  });

  it('tells a broken network from an answer', async () => {
    vi.stubGlobal('fetch', vi.fn().mockRejectedValue(new TypeError('failed')));
    const error = (await get('/x').catch((caught) => caught)) as ApiError;
    expect(error.status).toBe(0);
    expect(error.transient).toBe(true);
  });
});
