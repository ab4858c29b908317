import { describe, expect, it } from 'vitest';
import { ActionKey, newId } from './actionKey';

describe('ActionKey', () => {
  it('keeps the key while the same change is tried again', () => {
    const action = new ActionKey();
    expect(action.of({ title: '甲' })).toBe(action.of({ title: '甲' }));
  });

  it('makes a new key for another body', () => {
    const action = new ActionKey();
    expect(action.of({ title: '甲' })).not.toBe(action.of({ title: '乙' }));
  });

  it('makes a new key after a definite answer', () => {
    const action = new ActionKey();
    const first = action.of({});
    action.settle();
    expect(action.of({})).not.toBe(first);
  });

  it('makes version 4 UUIDs', () => {
    expect(newId()).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });
});
