import { describe, expect, it } from 'vitest';
import { emptyForm, formFaults, sentTenant, type TenantForm } from './newTenant';

const somebody = (login: string) => ({ name: '张三', login, password: 'a-good-password' });
const form = (change: Partial<TenantForm> = {}): TenantForm => ({
  ...emptyForm, code: 'a1-zx', name: 'A1区政协', short_name: 'A1区政协',
  administrator: somebody('a1-xt'), security_administrator: somebody('a1-aq'), audit_administrator: somebody('a1-sj'), ...change,
});

describe('opening a unit', () => {
  it('is complete with a name, a code and three people', () => {
    expect(formFaults(form())).toEqual({});
    expect(Object.keys(formFaults(emptyForm))).toEqual(['code', 'name', 'short_name', 'administrator', 'security_administrator', 'audit_administrator']);
  });

  it('needs three different people', () => {
    expect(formFaults(form({ audit_administrator: somebody('A1-XT ') }))).toEqual({ audit_administrator: '三类管理员须由不同的人担任' });
  });

  it('needs the party of a party, and of nobody else', () => {
    expect(formFaults(form({ kind: 'party' }))).toHaveProperty('party');
    expect(sentTenant(form({ kind: 'cppcc', party: '民盟' })).party).toBeUndefined();
  });

  it('sends no empty optional fields', () => {
    const sent = sentTenant(form({ class: ' 区县政协 ', division: ' ' }));
    expect([sent.class, sent.division, sent.journal]).toEqual(['区县政协', undefined, undefined]);
  });
});
