import { describe, expect, it } from 'vitest';
import type { TextRules } from '@/lib/types';
import { alike, blank, changes, emptyForm, faultsOf, length, same, type FormValue } from './form';

const picture = { id: 'f1', name: '现场.jpg', type: 'image/jpeg', size: 10, digest: 'ab' };
const rules: TextRules = { terms: {}, draft_limit: 3000, issued_limit: 1500, title_limit: 100, title_good: 25, required: [], secrecy_check: false };
const whole: FormValue = { ...emptyForm, title: '关于增设社区食堂的建议', problem: '老人吃饭难。', category: '民政' };

describe('the form', () => {
  it('names all that is missing at once, in the order of the form', () => {
    expect(Object.keys(faultsOf(emptyForm, rules))).toEqual(['title', 'category', 'problem']);
    expect(faultsOf(whole, rules)).toEqual({});
  });

  it('counts the three parts together, as the server does', () => {
    const long = { ...whole, problem: '问'.repeat(1000), cause: '因'.repeat(1000), advice: '议'.repeat(1001) };
    expect(faultsOf(long, rules).problem).toBe('问题、原因和建议合计最多 3000 个字，现有 3001 个字');
    expect(faultsOf({ ...long, advice: '议'.repeat(1000) }, rules)).toEqual({});
  });

  it('refuses a title of spaces and one over 100 characters', () => {
    expect(faultsOf({ ...whole, title: ' \n' }, rules).title).toBe('请填写标题');
    expect(faultsOf({ ...whole, title: '题'.repeat(101) }, rules).title).toContain('101');
  });

  it('names what this unit asks for', () => {
    const asked: TextRules = { ...rules, required: ['advice', 'evidence'], title_limit: 10 };
    expect(faultsOf(whole, asked)).toEqual({ title: '标题最多 10 个字，现有 11 个字', advice: '本单位要求写明对策建议', evidence: '本单位要求写明数据与来源' });
    expect(faultsOf({ ...whole, title: '增设食堂', advice: '增设。', evidence: '走访 3 户' }, asked)).toEqual({});
  });

  it('counts a rare character once', () => {
    expect(length(' 𠮷野 ')).toBe(2);
  });

  it('sends only what differs, and the whole list of files when one went', () => {
    const saved = { ...whole, attachments: [picture] };
    expect(changes(saved, { ...saved, problem: '新' })).toEqual({ problem: '新' });
    expect(changes(saved, { ...saved, attachments: [] })).toEqual({ attachments: [] });
    expect(same(saved, { ...saved })).toBe(true);
    expect(changes({ ...saved, topic: '社区治理' }, { ...saved, topic: undefined })).toEqual({ topic: '' });
    expect(same({ ...saved, topic: '' }, { ...saved, topic: undefined })).toBe(true);
  });

  it('is the same text with spaces at the ends, and blank with a class alone', () => {
    expect(alike(whole, { ...whole, problem: '老人吃饭难。\n' })).toBe(true);
    expect(alike(whole, { ...whole, problem: '老人吃饭不难。' })).toBe(false);
    expect(blank({ ...emptyForm, urgency: 'urgent', title: ' ' })).toBe(true);
    expect(blank({ ...emptyForm, attachments: [picture] })).toBe(false);
  });
});
