import { describe, expect, it } from 'vitest';
import { applyLive } from './live';
import { newQueryClient, qk } from './query';

function filled() {
  const client = newQueryClient();
  for (const key of [qk('a1', 'report', '1'), qk('a1', 'notices'), qk('a1', 'board'), qk('a2', 'report', '1')]) client.setQueryData(key, {});
  const stale = (key: unknown[]) => client.getQueryState(key)?.isInvalidated;
  return { client, stale };
}

describe('live', () => {
  it('makes stale what a change touches, in its own unit only', () => {
    const { client, stale } = filled();
    applyLive(client, 'a1', { type: 'change', change: { kind: 'report', id: '1', version: 2 } });
    expect(stale(qk('a1', 'report', '1'))).toBe(true);
    expect(stale(qk('a1', 'board'))).toBe(false);
    expect(stale(qk('a2', 'report', '1'))).toBe(false);
  });

  it('makes all of the unit stale at a resync', () => {
    const { client, stale } = filled();
    applyLive(client, 'a1', { type: 'resync' });
    expect(stale(qk('a1', 'report', '1'))).toBe(true);
    expect(stale(qk('a1', 'notices'))).toBe(true);
    expect(stale(qk('a2', 'report', '1'))).toBe(false);
  });

  it('ignores a kind it does not know', () => {
    const { client, stale } = filled();
    applyLive(client, 'a1', { type: 'change', change: { kind: 'unheard-of' } });
    expect(stale(qk('a1', 'report', '1'))).toBe(false);
  });
});
