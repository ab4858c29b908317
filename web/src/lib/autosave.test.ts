import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Autosave, LOCAL_AFTER, saveSentence, SERVER_AFTER, type SaveState } from './autosave';
import { findDraft, keepDraft, setPublicComputer, wipeDrafts } from './drafts';
import { ApiError } from './errors';

const owner = { tenant: 'a1', person: 'p1' };
const subject = 'report/1';

/** Only timers are faked: IndexedDB works with real ones. */
beforeEach(() => vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }));
afterEach(async () => {
  vi.useRealTimers();
  await setPublicComputer(false);
  await wipeDrafts('p1');
  await wipeDrafts('p2');
});

function make(save?: (value: string, base: number) => Promise<number | undefined>) {
  const states: SaveState['kind'][] = [];
  const autosave = new Autosave<string>({ owner, subject, base: 1, save, tell: (state) => states.push(state.kind) });
  return { autosave, states };
}

describe('Autosave', () => {
  it('keeps the text on this machine 800 ms after the last key', async () => {
    const { autosave } = make();
    autosave.change('甲');
    vi.advanceTimersByTime(LOCAL_AFTER - 1);
    expect(await findDraft(owner, subject)).toBeUndefined();
    vi.advanceTimersByTime(1);
    await vi.waitFor(async () => expect((await findDraft(owner, subject))?.value).toBe('甲'));
  });

  it('saves on the server after 5 s with the version, and drops the local copy', async () => {
    const save = vi.fn(async () => 2);
    const { autosave, states } = make(save);
    autosave.change('甲');
    vi.advanceTimersByTime(SERVER_AFTER);
    await vi.waitFor(() => expect(states.at(-1)).toBe('saved'));
    expect(save).toHaveBeenCalledWith('甲', 1);
    expect(await findDraft(owner, subject)).toBeUndefined();
    autosave.change('乙');
    await autosave.flush();
    expect(save).toHaveBeenLastCalledWith('乙', 2);
  });

  it('keeps the text and tries again when the network is down', async () => {
    const save = vi.fn<() => Promise<number>>().mockRejectedValueOnce(new ApiError(0)).mockResolvedValue(2);
    const { autosave, states } = make(save);
    autosave.change('甲');
    await autosave.flush();
    expect(states.at(-1)).toBe('offline');
    expect((await findDraft(owner, subject))?.value).toBe('甲');
    vi.advanceTimersByTime(SERVER_AFTER);
    await vi.waitFor(() => expect(states.at(-1)).toBe('saved'));
  });

  it('stops at a conflict and keeps the text', async () => {
    const { autosave, states } = make(() => Promise.reject(new ApiError(412)));
    autosave.change('甲');
    await autosave.flush();
    expect(states.at(-1)).toBe('conflict');
    expect((await findDraft(owner, subject))?.value).toBe('甲');
  });

  it('keeps the local copy while the text is not fit for the server', async () => {
    const { autosave, states } = make(async () => undefined);
    autosave.change('甲');
    await autosave.flush();
    expect(states.at(-1)).toBe('local');
    expect((await findDraft(owner, subject))?.value).toBe('甲');
  });

  it('says in words what is the matter', () => {
    const at = new Date('2026-11-03T10:22:31+08:00');
    expect(saveSentence({ kind: 'saved', at })).toBe('已保存 10:22:31');
    expect(saveSentence({ kind: 'offline' })).toBe('离线，已存在本机');
  });
});

describe('drafts', () => {
  it('never meet between two persons or two units', async () => {
    await keepDraft(owner, subject, '甲', 1);
    expect(await findDraft({ tenant: 'a1', person: 'p2' }, subject)).toBeUndefined();
    expect(await findDraft({ tenant: 'a2', person: 'p1' }, subject)).toBeUndefined();
  });

  it('are wiped at logout, those of others stay', async () => {
    const other = { tenant: 'a1', person: 'p2' };
    await keepDraft(owner, subject, '甲', 1);
    await keepDraft(other, subject, '乙', 1);
    await wipeDrafts('p1');
    expect(await findDraft(owner, subject)).toBeUndefined();
    expect((await findDraft(other, subject))?.value).toBe('乙');
  });

  it('are not kept on a public computer', async () => {
    await keepDraft(owner, subject, '甲', 1);
    await setPublicComputer(true);
    expect(await findDraft(owner, subject)).toBeUndefined();
    expect(await keepDraft(owner, subject, '乙', 1)).toBe(false);
    expect(await findDraft(owner, subject)).toBeUndefined();
  });
});
