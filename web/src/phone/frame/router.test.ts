import { beforeEach, describe, expect, it, vi } from 'vitest';
import type * as Routing from './router';

/** A visit that begins at an address. */
async function visit(address: string): Promise<typeof Routing> {
  vi.resetModules();
  window.history.replaceState(null, '', address);
  return import('./router');
}

beforeEach(() => {
  window.scrollTo = () => undefined;
});

describe('match', () => {
  it('finds the named parts, and only for a path that fits', async () => {
    const { match } = await visit('/m');
    expect(match('/t/:tenant/reports/:id', '/t/a1-zx/reports/1')).toEqual({ tenant: 'a1-zx', id: '1' });
    expect(match('/t/:tenant', '/t/%E7%94%B2')).toEqual({ tenant: '甲' });
    expect(match('/t/:tenant', '/t/%E7%94')).toEqual({ tenant: '%E7%94' });
    for (const path of ['/t', '/t/', '/t/a1/b', '/x/a1']) expect(match('/t/:tenant', path)).toBeUndefined();
  });
});

describe('the addresses', () => {
  it('stay below /m, with a word for the next page', async () => {
    const { go, here } = await visit('/m/');
    expect(here()).toMatchObject({ path: '/', first: true });
    go('/t/a1?x=1', { flash: '已提交' });
    expect(window.location.pathname).toBe('/m/t/a1');
    expect(here()).toEqual({ path: '/t/a1', search: '?x=1', flash: '已提交', first: false });
  });

  it('keep a word only until it has been heard', async () => {
    const { go, heard, here } = await visit('/m/t/a1');
    go('/t/a1/review', { flash: '已签发' });
    heard();
    expect(here()).toEqual({ path: '/t/a1/review', search: '', flash: undefined, first: false });
  });

  it('lead back to the start when nothing is behind', async () => {
    const { go, back, here } = await visit('/m/t/a1/reports/1');
    go('/t/a1/reports/1', { replace: true });
    expect(here().first).toBe(true);
    back('/t/a1');
    expect(here()).toMatchObject({ path: '/t/a1', first: true });
  });

  it('can be renamed under a page that stays', async () => {
    const { rename, here } = await visit('/m/t/a1/reports/new');
    rename('/t/a1/reports/1/edit');
    expect(window.location.pathname).toBe('/m/t/a1/reports/1/edit');
    expect(here().path).toBe('/t/a1/reports/new');
  });
});
