import { afterEach, describe, expect, it, vi } from 'vitest';
import { ApiError } from '@/lib/errors';
import { loginAnswered, loginWanted } from '@/lib/relogin';
import { fileName } from './direct';
import { transfer } from './transfer';

interface Sent {
  headers: Record<string, string>;
  request: FakeRequest;
}

const sent: Sent[] = [];

/** What the browser would do, answered by hand. */
class FakeRequest {
  headers: Record<string, string> = {};
  upload: { onprogress?: (event: { loaded: number }) => void } = {};
  status = 0;
  responseText = '';
  onload?: () => void;
  onerror?: () => void;
  onabort?: () => void;
  open() {}
  setRequestHeader(name: string, value: string) {
    this.headers[name] = value;
  }
  getResponseHeader() {
    return null;
  }
  send() {
    sent.push({ headers: this.headers, request: this });
  }
  abort() {
    this.onabort?.();
  }
  answer(status: number, body: object) {
    this.status = status;
    this.responseText = JSON.stringify(body);
    this.onload?.();
  }
}

afterEach(() => {
  sent.length = 0;
  vi.unstubAllGlobals();
});

function start(key = 'k1') {
  vi.stubGlobal('XMLHttpRequest', FakeRequest);
  const shares: number[] = [];
  const stop = new AbortController();
  const done = transfer('a1', new File(['1234'], '现场.jpg', { type: 'image/jpeg' }), { key, signal: stop.signal, onProgress: (share) => shares.push(share) });
  return { done, shares, stop };
}

describe('a file in one request', () => {
  it('tells how far it is, then the file', async () => {
    const { done, shares } = start();
    sent[0]!.request.upload.onprogress?.({ loaded: 1 });
    sent[0]!.request.answer(201, { id: 'f1', name: '现场.jpg', type: 'image/jpeg', size: 1 });
    expect((await done).id).toBe('f1');
    expect(shares).toEqual([0.25]);
    expect(sent[0]!.headers['Idempotency-Key']).toBe('k1');
  });

  it('gives the sentence of a refusal', async () => {
    const { done } = start();
    sent[0]!.request.answer(415, { detail: '只接受图片（JPEG、PNG、WebP、GIF）、PDF 和 Word（docx）文件' });
    await expect(done).rejects.toMatchObject({ status: 415, message: expect.stringContaining('只接受图片') });
  });

  it('is a network fault when nothing answers', async () => {
    const { done } = start();
    sent[0]!.request.onerror?.();
    await expect(done).rejects.toMatchObject({ status: 0 });
  });

  it('waits for a new login and goes on with the same key', async () => {
    const { done } = start('k2');
    sent[0]!.request.answer(401, {});
    await vi.waitFor(() => expect(loginWanted()).toBe(true));
    loginAnswered(true);
    await vi.waitFor(() => expect(sent).toHaveLength(2));
    expect(sent[1]!.headers['Idempotency-Key']).toBe('k2');
    sent[1]!.request.answer(201, { id: 'f1' });
    expect((await done).id).toBe('f1');
  });

  it('stops when removed', async () => {
    const { done, stop } = start();
    stop.abort();
    await expect(done).rejects.not.toBeInstanceOf(ApiError);
  });
});

describe('fileName', () => {
  it('adds the extension a camera left out, and no second one', () => {
    expect(fileName('', 'image/jpeg')).toBe('照片.jpg');
    expect(fileName('1699999999', 'image/png')).toBe('1699999999.png');
    expect(fileName('现场.JPG', 'image/jpeg')).toBe('现场.JPG');
    expect(fileName('', 'video/mp4')).toBe('视频.mp4');
    expect(fileName('a.mp4', 'video/mp4')).toBe('a.mp4');
    expect(fileName('说明.docx', '')).toBe('说明.docx');
  });
});
