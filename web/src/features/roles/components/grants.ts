import { scopeText } from '@/lib/texts';
import type { Grants, Matrix, Permission, Role } from '../api/roles';

export const classText: Record<string, string> = {
  common: '通用', business: '业务', system: '系统管理', security: '安全管理', audit: '审计管理',
};
/** What a member of a class is called. */
export const memberClassText: Record<string, string> = {
  business: '业务人员', system: '系统管理员', security: '安全管理员', audit: '审计管理员',
};
const classOrder = ['business', 'common', 'system', 'security', 'audit'];

/** Roles or permissions by class, in the order of the classes; empty classes are left out. */
export function byClass<T extends { class: string }>(items: T[]): { class: string; items: T[] }[] {
  return classOrder
    .map((name) => ({ class: name, items: items.filter((item) => item.class === name) }))
    .filter((group) => group.items.length > 0);
}

/** The permissions a role may be given: those of its class and the common ones. */
export const grantable = (matrix: Matrix, role: Role): Permission[] =>
  matrix.permissions.filter((permission) => permission.class === 'common' || permission.class === role.class);

export interface GrantChange {
  permission: string;
  kind: 'added' | 'removed' | 'changed';
  sentence: string;
  /** What the scope becomes, or what is taken away: 本单位, 本人 → 本单位. */
  scope: string;
}

/** What saving would change, in the order of the matrix. */
export function grantDifference(permissions: Permission[], before: Grants, after: Grants): GrantChange[] {
  return permissions.flatMap(({ code, sentence }): GrantChange[] => {
    const old = before[code];
    const now = after[code];
    if (old === now) return [];
    if (!old) return [{ permission: code, kind: 'added', sentence, scope: scopeText[now!] }];
    if (!now) return [{ permission: code, kind: 'removed', sentence, scope: scopeText[old] }];
    return [{ permission: code, kind: 'changed', sentence, scope: `${scopeText[old]} → ${scopeText[now]}` }];
  });
}

/** A code for a new role that nobody has to think up or read. */
export const newRoleCode = (): string => `own_${crypto.getRandomValues(new Uint32Array(2)).reduce((text, part) => text + part.toString(36), '')}`;
