import { describe, expect, it, vi } from 'vitest';
import { ApiError } from '@/lib/errors';
import type { Report } from '@/lib/types';
import { emptyForm, type FormValue } from './form';
import { Conflict, ServerDraft, type Calls } from './serverDraft';

const text = (title: string, problem = ''): FormValue => ({ ...emptyForm, title, problem });
const report = (form: FormValue, version: number) => ({ ...form, id: 'r1', state: 'draft', version }) as unknown as Report;

/** A server of one report that can lose its answers. */
function server(stored?: Report) {
  const state = { stored, lose: false };
  const answer = () => {
    if (!state.lose) return state.stored!;
    state.lose = false;
    throw new ApiError(0);
  };
  const calls = {
    create: vi.fn(async (_tenant: string, input: object) => {
      state.stored ??= report({ ...emptyForm, ...input, attachments: [] }, 1);
      return answer();
    }),
    edit: vi.fn(async (_tenant: string, _id: string, version: number, input: object) => {
      if (version !== state.stored!.version) throw new ApiError(412);
      state.stored = { ...state.stored!, ...input, version: version + 1 } as Report;
      return answer();
    }),
    fetch: vi.fn(async () => {
      if (!state.stored) throw new ApiError(404);
      return state.stored;
    }),
  };
  return { state, calls: calls as unknown as Calls & typeof calls };
}

describe('ServerDraft', () => {
  it('waits for a title, makes the report once, then edits what changed', async () => {
    const { calls, state } = server();
    const draft = new ServerDraft('a1', 'r1', emptyForm, false, calls);
    expect(await draft.save(text('', '先写问题'), 0)).toBeUndefined();
    expect((await draft.save(text('甲', '先写问题'), 0))?.version).toBe(1);
    expect((await draft.save(text('甲', '改了'), 1))?.version).toBe(2);
    expect(calls.create).toHaveBeenCalledTimes(1);
    expect(calls.edit).toHaveBeenCalledWith('a1', 'r1', 1, { problem: '改了' }, expect.any(String));
    expect(draft.has(text('甲', '改了'))).toBe(true);
    expect(state.stored?.problem).toBe('改了');
  });

  it('does not make a second report when the first answer was lost', async () => {
    const { calls, state } = server();
    const draft = new ServerDraft('a1', 'r1', emptyForm, false, calls);
    state.lose = true;
    await expect(draft.save(text('甲'), 0)).rejects.toThrow(ApiError);
    expect((await draft.save(text('甲', '又写'), 0))?.version).toBe(2);
    expect(calls.create).toHaveBeenCalledTimes(1);
    expect(state.stored?.problem).toBe('又写');
  });

  it('meets no conflict with itself when the answer to an edit was lost', async () => {
    const { calls, state } = server(report(text('甲'), 4));
    const draft = new ServerDraft('a1', 'r1', text('甲'), true, calls);
    state.lose = true;
    await expect(draft.save(text('甲', '一'), 4)).rejects.toThrow(ApiError);
    expect((await draft.save(text('甲', '一二'), 4))?.version).toBe(6);
  });

  it('sends again what never arrived', async () => {
    const { calls, state } = server(report(text('甲'), 4));
    const draft = new ServerDraft('a1', 'r1', text('甲'), true, calls);
    calls.edit.mockRejectedValueOnce(new ApiError(0));
    await expect(draft.save(text('甲', '一'), 4)).rejects.toThrow(ApiError);
    expect((await draft.save(text('甲', '一'), 4))?.version).toBe(5);
    expect(state.stored?.problem).toBe('一');
  });

  it('sends nothing over the text of another until it is decided', async () => {
    const { calls, state } = server(report(text('甲', '别处'), 5));
    const draft = new ServerDraft('a1', 'r1', text('甲'), true, calls);
    await expect(draft.save(text('甲', '这里'), 4)).rejects.toThrow(Conflict);
    await expect(draft.save(text('甲', '这里还有'), 5)).rejects.toThrow(Conflict);
    expect(calls.edit).toHaveBeenCalledTimes(1);
    expect(state.stored?.problem).toBe('别处');
  });

  it('tells a true conflict with the other text, and goes on from it when decided', async () => {
    const { calls, state } = server(report(text('甲', '别处'), 5));
    const draft = new ServerDraft('a1', 'r1', text('甲'), true, calls);
    const conflict = await draft.save(text('甲', '这里'), 4).catch((error: unknown) => error);
    expect(conflict).toBeInstanceOf(Conflict);
    expect((conflict as Conflict).theirs.problem).toBe('别处');
    draft.rebase((conflict as Conflict).theirs);
    expect((await draft.save(text('甲', '这里'), 5))?.version).toBe(6);
    expect(state.stored?.problem).toBe('这里');
  });
});
