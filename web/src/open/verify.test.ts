import { afterEach, expect, test, vi } from 'vitest';
import { verify } from './verify';

afterEach(() => vi.unstubAllGlobals());

/** Opens the page with an answer behind it, and asks. */
async function asked(status: number, answer: unknown) {
  const root = document.createElement('main');
  document.body.replaceChildren(root);
  const fetched = vi.fn(async () => new Response(JSON.stringify(answer), { status, headers: { 'Content-Type': 'application/json' } }));
  vi.stubGlobal('fetch', fetched);
  verify(root);
  root.querySelector<HTMLInputElement>('[name=number]')!.value = ' A1-ZX-2026-0001 ';
  root.querySelector<HTMLInputElement>('[name=code]')!.value = 'ABCD EFGH JKLM';
  root.querySelector('form')!.dispatchEvent(new Event('submit', { cancelable: true }));
  await vi.waitFor(() => expect(root.querySelector<HTMLButtonElement>('button')!.disabled).toBe(false));
  return { root, fetched };
}

test('a certificate that stands', async () => {
  const { root, fetched } = await asked(200, { valid: true, sentence: '证明有效。', unit: '区政协', person: '马＊＊', level: '县级', adopted_on: '2026-11-02' });
  expect(root.textContent).toContain('有效');
  expect(root.textContent).toContain('作者：马＊＊');
  expect(JSON.parse((fetched.mock.calls[0] as unknown as [string, { body: string }])[1].body)).toEqual({ number: 'A1-ZX-2026-0001', code: 'ABCD EFGH JKLM' });
});

test('one that does not, with markup in the answer', async () => {
  const { root } = await asked(200, { valid: false, sentence: '<b>没有查到</b>' });
  expect(root.querySelector('h2')!.textContent).toBe('无效');
  expect(root.querySelector('b')).toBeNull();
});

test('too often', async () => {
  const { root } = await asked(429, {});
  expect(root.textContent).toContain('核验得太频繁');
});
