import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ApiError } from '@/lib/errors';
import { transfer } from './transfer';

const { asked, sent, server } = vi.hoisted(() => ({
  asked: [] as string[],
  sent: [] as { path: string; size: number }[],
  server: { received: 0, fail: [] as (ApiError | 'abort')[] },
}));

vi.mock('@/lib/http', async (original) => ({
  ...(await original<object>()),
  post: vi.fn(async (path: string) => {
    asked.push(`POST ${path}`);
    return path.endsWith('/finish') ? { id: 'u1', name: 'a.mp4' } : { id: 'u1', received: server.received, max_part: 4 << 20 };
  }),
  get: vi.fn(async (path: string) => {
    asked.push(`GET ${path}`);
    return { id: 'u1', received: server.received, max_part: 4 << 20 };
  }),
}));

vi.mock('./direct', async (original) => ({
  ...(await original<object>()),
  send: vi.fn(async ({ path, body }: { path: string; body: Blob }) => {
    const fault = server.fail.shift();
    if (fault) throw fault === 'abort' ? new DOMException('removed', 'AbortError') : fault;
    sent.push({ path, size: body.size });
    server.received += body.size;
    return { id: 'u1', received: server.received, max_part: 4 << 20 };
  }),
}));

const file = (bytes: number) => new File([new Uint8Array(bytes)], 'a.mp4', { type: 'video/mp4' });
const run = (shares: number[] = []) =>
  transfer('a1', file(3 << 20), { key: 'k', signal: new AbortController().signal, onProgress: (share) => shares.push(share) });

beforeEach(() => {
  asked.length = 0;
  sent.length = 0;
  server.received = 0;
  server.fail = [];
});
afterEach(() => vi.useRealTimers());

describe('a large file', () => {
  it('goes in growing parts, then is finished', async () => {
    const shares: number[] = [];
    expect((await run(shares)).id).toBe('u1');
    expect(sent.map((part) => part.size)).toEqual([1 << 19, 1 << 20, 3 << 19]);
    expect(shares.at(-1)).toBe(1);
    expect(asked.at(-1)).toBe('POST /t/a1/uploads/u1/finish');
  });

  it('goes on where the server says', async () => {
    server.received = 2 << 20;
    await run();
    expect(sent[0]!.path).toBe(`/t/a1/uploads/u1/parts/${2 << 20}`);
    expect(sent.reduce((sum, part) => sum + part.size, 0)).toBe(1 << 20);
  });

  it('waits for the line, asks what arrived, and sends smaller parts', async () => {
    vi.useFakeTimers({ shouldAdvanceTime: true, advanceTimeDelta: 2000 });
    server.fail = [new ApiError(0)];
    await run();
    expect(asked[1]).toBe('GET /t/a1/uploads/u1');
    expect(sent[0]!.size).toBe(1 << 18);
  });

  it('is refused for good by the server', async () => {
    server.fail = [new ApiError(403, { detail: '无权' })];
    await expect(run()).rejects.toMatchObject({ status: 403 });
    expect(asked).toHaveLength(1);
  });

  it('stops when it is paused', async () => {
    server.fail = ['abort'];
    await expect(run()).rejects.not.toBeInstanceOf(ApiError);
  });
});
