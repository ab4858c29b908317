import { describe, expect, it } from 'vitest';
import type { Report } from '@/lib/types';
import { emptyForm, type FormValue } from './form';
import { begin } from './useDraft';

const owner = { tenant: 'a1', person: 'p1' };
const text = (problem: string): FormValue => ({ ...emptyForm, title: '甲', problem });
const report = (problem: string, version: number) => ({ ...text(problem), id: 'r1', state: 'draft', version }) as unknown as Report;
const local = (problem: string, base: number) => ({ value: text(problem), base, savedAt: 0 });

describe('how the form opens', () => {
  it('begins empty, or with what the server has', () => {
    expect(begin(owner, 'r1')).toMatchObject({ first: emptyForm, restored: false, parted: false });
    expect(begin(owner, 'r1', report('一', 4))).toMatchObject({ first: text('一'), restored: false, parted: false });
  });

  it('goes on with what the server has not got', () => {
    expect(begin(owner, 'r1', report('一', 4), local('一二', 4))).toMatchObject({ first: text('一二'), restored: true, parted: false });
    expect(begin(owner, 'r1', undefined, local('一', 0))).toMatchObject({ first: text('一'), restored: true, parted: false });
  });

  it('meets no conflict with itself when the page was closed before the answer came', () => {
    expect(begin(owner, 'r1', report('一二', 5), local('一二\n', 4))).toMatchObject({ first: text('一二'), restored: false, parted: false });
  });

  it('asks when another saved meanwhile, and sends nothing before', async () => {
    const begun = begin(owner, 'r1', report('别处', 5), local('一二', 4));
    expect(begun).toMatchObject({ first: text('一二'), restored: true, parted: true });
    await expect(begun.server.save(text('一二三'), 5)).rejects.toThrow('conflict');
  });
});
