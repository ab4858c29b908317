import { afterEach, describe, expect, it } from 'vitest';
import { keepDraft, wipeDrafts } from '@/lib/drafts';
import { emptyForm } from './form';
import { keptDraft, NEW, unfinishedDraft } from './keptDraft';

const owner = { tenant: 'a1', person: 'p1' };
const form = { ...emptyForm, title: '写了一半' };
afterEach(() => wipeDrafts('p1'));

describe('keptDraft', () => {
  it('finds the new report begun last again', async () => {
    await keepDraft(owner, NEW, 'r1', 0);
    await keepDraft(owner, 'report/r1', form, 0);
    const kept = await keptDraft(owner);
    expect(kept.id).toBe('r1');
    expect(kept.local?.value).toEqual(form);
    expect((await unfinishedDraft(owner))?.title).toBe('写了一半');
  });

  it('begins another when nothing is left here', async () => {
    const kept = await keptDraft(owner);
    expect(kept.id).toMatch(/^[0-9a-f-]{36}$/);
    expect(kept.local).toBeUndefined();
    await keepDraft(owner, NEW, 'r1', 0);
    await keepDraft(owner, 'report/r1', emptyForm, 0);
    expect(await unfinishedDraft(owner)).toBeNull();
  });

  it('finds nothing of another person or unit', async () => {
    await keepDraft(owner, 'report/r1', form, 1);
    expect((await keptDraft({ ...owner, person: 'p2' }, 'r1')).local).toBeUndefined();
    expect((await keptDraft({ ...owner, tenant: 'a2' }, 'r1')).local).toBeUndefined();
  });
});
