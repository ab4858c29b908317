import { describe, expect, it } from 'vitest';
import type { Matrix } from '../api/roles';
import { byClass, grantable, grantDifference, newRoleCode } from './grants';

const matrix: Matrix = {
  roles: [{ code: 'editor', name: '编辑', class: 'business', origin: 'template' }],
  permissions: [
    { code: 'report:write', sentence: '撰写信息', class: 'business' },
    { code: 'report:read', sentence: '阅读信息', class: 'business' },
    { code: 'member:read', sentence: '查看成员', class: 'common' },
    { code: 'audit:read', sentence: '查阅审计日志', class: 'audit' },
  ],
  grants: {},
};

describe('differences of grants', () => {
  it('is empty when nothing changes, in whatever order it was written', () => {
    expect(grantDifference(matrix.permissions, { 'report:write': 'own', 'report:read': 'tenant' }, { 'report:read': 'tenant', 'report:write': 'own' })).toEqual([]);
  });

  it('tells what is added, removed and changed, in the order of the matrix', () => {
    const change = grantDifference(matrix.permissions, { 'member:read': 'tenant', 'report:read': 'own' }, { 'report:read': 'tenant', 'report:write': 'own' });
    expect(change.map(({ permission, kind, scope }) => [permission, kind, scope])).toEqual([
      ['report:write', 'added', '本人'],
      ['report:read', 'changed', '本人 → 本单位'],
      ['member:read', 'removed', '本单位'],
    ]);
  });
});

describe('classes', () => {
  it('offers a role what is of its class or common', () => {
    expect(grantable(matrix, matrix.roles[0]!).map((one) => one.code)).toEqual(['report:write', 'report:read', 'member:read']);
  });

  it('groups in a fixed order without empty groups', () => {
    expect(byClass(matrix.permissions).map((group) => [group.class, group.items.length])).toEqual([['business', 2], ['common', 1], ['audit', 1]]);
  });

  it('makes codes the server takes, never twice the same', () => {
    const codes = new Set(Array.from({ length: 50 }, newRoleCode));
    expect(codes.size).toBe(50);
    for (const code of codes) expect(code).toMatch(/^[a-z][a-z0-9_]{0,40}$/);
  });
});
